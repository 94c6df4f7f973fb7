export type {
  EpochChanges,
  JsonValue,
  Protocol,
  ResolvedScenario,
  ScenarioInput,
  SubnetPlan,
  WeightRow,
} from "./types.ts";
