/** What a thread of the pool of an experiment runs. */
import { workerData } from "node:worker_threads";
import { measure, type MeasureContext, type Measured, type MeasureTask } from "./measure.ts";

// The pool puts it there.
const context = workerData as MeasureContext;

export default async function work(task: MeasureTask): Promise<Measured> {
  return measure(context, task);
}
