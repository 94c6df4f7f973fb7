import { InputError } from "../errors.ts";
import { parseAmount, Unfit } from "./units.ts";

/** An amount as scenarios write it, in rao: `rao("2.5 TAO")`, `rao("100 alpha")`. @throws InputError for anything else */
export function rao(amount: string): bigint {
  try {
    return parseAmount(amount, ["TAO", "alpha"]);
  } catch (error) {
    if (error instanceof Unfit) throw new InputError(error.message);
    throw error;
  }
}
