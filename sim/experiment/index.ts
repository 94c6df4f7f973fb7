export { type Experiment, isExperiment, loadExperiment } from "./load.ts";
export { type ExperimentOptions, type ExperimentRun, runExperiment } from "./run.ts";
export { asExpected } from "./published.ts";
export { experimentText } from "./text.ts";
export { experimentJson, writeExperiment } from "./files.ts";
