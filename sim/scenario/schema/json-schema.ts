import { z } from "zod";
import { ROLES, StrategyRegistry } from "../../agents/index.ts";
import { economyScenario } from "../economy/schema.ts";
import { economyReport, subnetReport } from "../report/schema.ts";
import { studyMembers, subnetStudyMembers } from "../study/schema.ts";
import { alternativesOf } from "./leaf.ts";
import { scenario } from "./scenario.ts";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Keys that only a scenario of a whole economy has. */
const ECONOMY_KEYS = ["network", "populations", "horizon"];

/** The JSON Schema of scenario files, from which editors complete keys, explain them and mark mistakes. */
export function scenarioJsonSchema(): JsonSchema {
  const { $schema, ...subnet } = generate(
    scenario.extend({ ...subnetStudyMembers, report: subnetReport.optional() }),
  );
  const { $schema: _same, ...economy } = generate(
    economyScenario.extend({ ...studyMembers, report: economyReport([]).optional() }),
  );
  return {
    $schema,
    title: "Yumasim scenario",
    if: { required: ["extends"] },
    then: keysAlone(subnet, economy),
    else: {
      if: { anyOf: ECONOMY_KEYS.map((key) => ({ required: [key] })) },
      then: withStrategies(economy),
      else: subnet,
    },
  } as JsonSchema;
}

/**
 * What a scenario that extends another one says is a part of it: its keys can be checked, not what it leaves out, nor of which
 * kind it is.
 */
function keysAlone(...kinds: readonly JsonSchema[]): JsonSchema {
  const keys = kinds.flatMap(({ properties }) =>
    Object.entries((properties ?? {}) as Readonly<Record<string, JsonSchema>>),
  );
  return {
    type: "object",
    properties: Object.fromEntries(keys.map(([key, { description }]) => [key, { description }])),
    additionalProperties: false,
  } as JsonSchema;
}

/** The members that populations of each role and strategy can have. */
function withStrategies(economy: JsonSchema): JsonSchema {
  const registry = new StrategyRegistry();
  const { populations } = economy.properties as Readonly<Record<string, JsonSchema>>;
  const choices = ROLES.map((role) => ({
    if: { properties: { role: { const: role } }, required: ["role"] },
    then: { properties: { strategy: { examples: registry.names(role) } } },
  }));
  const parameters = registry.all().map((strategy) => ({
    if: {
      properties: { role: { const: strategy.role }, strategy: { const: strategy.name } },
      required: ["role", "strategy"],
    },
    then: {
      properties: {
        parameters: {
          properties: Object.fromEntries(
            Object.entries(strategy.parameters).map(([name, { description }]) => [name, { description }]),
          ),
          additionalProperties: false,
        },
      },
    },
  }));
  const items = { ...(populations?.items as JsonSchema), allOf: [...choices, ...parameters] };
  return {
    ...economy,
    properties: { ...economy.properties, populations: { ...populations, items } },
  };
}

function generate(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      const alternatives = alternativesOf.get(zodSchema);
      if (alternatives === undefined) return;
      jsonSchema.anyOf = alternatives.map((alternative) => {
        const { $schema: _, ...part } = generate(alternative);
        return part;
      });
    },
  });
}
