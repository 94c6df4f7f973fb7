export { type CheckOptions, checkScenarios } from "./check.ts";
export { passed } from "../trace/index.ts";
export { checkAnnotations } from "./report-github.ts";
export { checkJunit } from "./report-junit.ts";
export { checkText, diffText } from "./report-text.ts";
export { compareRuns } from "./runs.ts";
export { keptColumns } from "./write-baseline.ts";
