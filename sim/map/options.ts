/** The options of the map from what the user gave. */
import { InputError } from "../errors.ts";
import { type MapOptions, PUBLISHED_MAP } from "./grid.ts";

export interface MapWishes {
  readonly seed: string;
  readonly source: "gaussian" | "integer";
  readonly deviation: number;
  readonly bondsPenalty: number;
  readonly kappa: number;
  readonly workers: number;
}

function requireU16(name: string, value: number): number {
  if (Number.isInteger(value) && value >= 0 && value <= 65535) return value;
  throw new InputError(`--${name} is ${value}, allowed are whole numbers 0 to 65535 (65535 stands for 1)`);
}

/** The published grid with these values. @throws InputError if one of them is not allowed */
export function mapOptions(wishes: MapWishes): MapOptions {
  const { seed, source, deviation, workers } = wishes;
  if (!Number.isInteger(workers) || workers < 1 || workers > 1024)
    throw new InputError(`--workers is ${workers}, allowed are 1 to 1024`);
  if (!(deviation >= 0 && deviation <= 10))
    throw new InputError(`--deviation is ${deviation}, allowed are 0 to 10`);
  if (source === "integer" && !/^\d{1,10}$/.test(seed))
    throw new InputError(`--seed is "${seed}", the integer source takes a whole number`);
  if (source === "integer" && deviation !== PUBLISHED_MAP.weightDeviation)
    throw new InputError(
      `--deviation is ${deviation}, the integer source has ${PUBLISHED_MAP.weightDeviation} only`,
    );
  return {
    ...PUBLISHED_MAP,
    seed,
    source,
    weightDeviation: deviation,
    bondsPenalty: requireU16("bonds-penalty", wishes.bondsPenalty),
    kappa: requireU16("kappa", wishes.kappa),
  };
}
