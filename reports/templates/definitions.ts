import { METRICS } from "../metrics/registry.ts";

/** A measure that captions name by its id, for the reader who asks what it is. */
export interface Definition {
  /** "M1". */
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

/** The measures that reports use, by their ids, in the words of the catalogue. */
export const DEFINITIONS: readonly Definition[] = METRICS.map(({ id, name, text }) => ({ id, name, text }));

/** The measures with these ids, in the order of all. */
export function definitionsOf(ids: readonly string[]): Definition[] {
  return DEFINITIONS.filter(({ id }) => ids.includes(id));
}
