/** A violated invariant: a bug of the simulator, never of a scenario. It stops the run and names the block. */
import type { NetworkState } from "./state/network.ts";

export class InvariantViolation extends Error {
  override readonly name: string = "InvariantViolation";
}

export function violated({ block }: NetworkState, what: string): never {
  throw new InvariantViolation(`block ${block}: ${what}`);
}
