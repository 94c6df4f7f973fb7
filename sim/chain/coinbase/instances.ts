/** The WASM instances of the block's arithmetic. */
import { ExactEconomy } from "../../../kernels/exact/economy.ts";

/** By capacity: they keep nothing from one call to the next. */
const economies = new Map<number, ExactEconomy>();

/** The instance for columns of a capacity. */
export function economyOf(capacity: number): ExactEconomy {
  let economy = economies.get(capacity);
  if (economy === undefined) {
    economy = new ExactEconomy(capacity);
    economies.set(capacity, economy);
  }
  return economy;
}
