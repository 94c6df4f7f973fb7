import type { AnyCommand } from "../command.ts";
import { CASES } from "./cases.ts";
import { CHECK } from "./check.ts";
import { DIFF } from "./diff.ts";
import { DOCTOR } from "./doctor.ts";
import { EVAL } from "./eval.ts";
import { EXPORT } from "./export.ts";
import { REPORT } from "./report.ts";
import { INIT } from "./init.ts";
import { INSPECT } from "./inspect.ts";
import { LIST } from "./list.ts";
import { MAP } from "./map.ts";
import { RESUME } from "./resume.ts";
import { RUN } from "./run.ts";
import { SWEEP } from "./sweep.ts";
import { VALIDATE } from "./validate.ts";

/** All commands, in the order in which help lists them. */
export const COMMANDS: readonly AnyCommand[] = [
  RUN,
  RESUME,
  VALIDATE,
  INIT,
  LIST,
  REPORT,
  EXPORT,
  INSPECT,
  SWEEP,
  CHECK,
  DIFF,
  EVAL,
  MAP,
  CASES,
  DOCTOR,
];
