export { describeScenario } from "./describe.ts";
export { type Problem, ScenarioError } from "./error.ts";
export { type LoadOptions, loadScenario } from "./load.ts";
export { writeTemplate } from "./template.ts";
export type {
  EpochChanges,
  Protocol,
  ResolvedScenario,
  ScenarioInput,
  SubnetPlan,
  WeightRow,
} from "./types.ts";
