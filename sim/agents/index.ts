/** Agents: what they see (`view/`), what they do (`strategies/`), and what strategies share (`acting/`). */
export { ROLES, type Acquaintance, type AgentIdentity, type Role } from "./agent.ts";
export { initialValues, type Parameter, type ParameterTable, type ValuesOf } from "./parameters.ts";
export * as parameters from "./parameters.ts";
export { StrategyRegistry } from "./registry.ts";
export { sign } from "./acting/sign.ts";
export {
  defineStrategy,
  type AgentState,
  type Decision,
  type Service,
  type Strategy,
  type Submission,
} from "./strategy.ts";
export { ChainView, type Holding, type Sight } from "./view/chain-view.ts";
export type { CallOutcome, PendingCall } from "./view/outcome.ts";
export { priceNumber, SubnetView } from "./view/subnet-view.ts";
