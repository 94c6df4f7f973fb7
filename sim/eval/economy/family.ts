import { InputError } from "../../errors.ts";
import type { JsonObject } from "../../json.ts";
import type { EvalFamily } from "../family.ts";
import { Fields } from "./fields.ts";

/** Reads one kind's `in` and returns the computation of its `out`. */
export type Kind = (fields: Fields) => () => JsonObject;

/**
 * A family whose lines are told apart by `k`, computed with big integers.
 * @param kinds makes the readers of one input, so that state that lines share lives as long as the input
 */
export function economyFamily(name: string, kinds: () => Readonly<Record<string, Kind>>): EvalFamily {
  return {
    name,
    backends: ["exact"],
    indexedByUid: false,
    open: async () => {
      const known = new Map(Object.entries(kinds()));
      return {
        prepare(line) {
          const members = new Fields(line, "line");
          const word = members.text("k");
          const kind = known.get(word);
          if (kind === undefined)
            throw new InputError(`k: found "${word}"; allowed: ${[...known.keys()].join(", ")}`);
          const fields = new Fields(members.value("in"), "in");
          members.done();
          const compute = kind(fields);
          fields.done();
          let result: JsonObject = {};
          return {
            n: null,
            run() {
              result = compute();
            },
            out: () => result,
          };
        },
      };
    },
  };
}
