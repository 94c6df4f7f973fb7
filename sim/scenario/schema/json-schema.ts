import { z } from "zod";
import { alternativesOf } from "./leaf.ts";
import { scenario } from "./scenario.ts";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The JSON Schema of scenario files, from which editors complete keys, explain them and mark mistakes. */
export function scenarioJsonSchema(): JsonSchema {
  return { ...generate(scenario), title: "Yumasim scenario" };
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
