export { type RunOptions, type RunProgress, runScenario, type RunSummary } from "./run-scenario.ts";
export { engineVersion } from "./version.ts";
