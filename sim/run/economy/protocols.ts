/** The chain's rules by the names that scenarios use. */
import {
  SUBTENSOR_425,
  withEmissionGate,
  withMaturedTaoFlow,
  withTaoFlow,
  type Protocol,
} from "../../chain/index.ts";

const ONE_U64F64 = 1n << 64n;

const PROTOCOLS: readonly Protocol[] = [
  SUBTENSOR_425,
  {
    ...SUBTENSOR_425,
    name: "subtensor-425-even",
    rules: {
      ...SUBTENSOR_425.rules,
      shares: (subnets) => subnets.map(() => ONE_U64F64 / BigInt(subnets.length)),
    },
  },
  { ...withEmissionGate(SUBTENSOR_425), name: "subtensor-425-gate" },
  { ...withTaoFlow(SUBTENSOR_425), name: "subtensor-425-taoflow" },
  {
    ...withTaoFlow(SUBTENSOR_425),
    name: "subtensor-425-taoflow-gross",
    globalParameters: () => ({ ...SUBTENSOR_425.globalParameters(), netTaoFlowEnabled: false }),
  },
  {
    ...withMaturedTaoFlow(SUBTENSOR_425),
    name: "subtensor-425-taoflow-matured",
    globalParameters: () => ({ ...SUBTENSOR_425.globalParameters(), netTaoFlowEnabled: false }),
  },
];

/** @throws Error for a name that no scenario can have */
export function protocolNamed(name: string): Protocol {
  const protocol = PROTOCOLS.find((candidate) => candidate.name === name);
  if (protocol === undefined) throw new Error(`no protocol ${name}`);
  return protocol;
}
