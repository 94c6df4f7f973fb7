export { type Problem, ScenarioError } from "./error.ts";
export { type LoadOptions, loadScenario } from "./load.ts";
export type {
  EpochChanges,
  Protocol,
  ResolvedScenario,
  ScenarioInput,
  SubnetPlan,
  WeightRow,
} from "./types.ts";
