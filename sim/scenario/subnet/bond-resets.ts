import type { Subnet } from "../schema/subnet.ts";
import type { SubnetContext } from "./context.ts";
import type { Neurons } from "./neurons.ts";

/** On whom bonds are wiped, by the epoch before which it happens. */
export function bondResetsByEpoch(
  subnet: Subnet,
  neurons: Neurons,
  context: SubnetContext,
): ReadonlyMap<number, readonly number[]> {
  const resets = new Map<number, number[]>();
  (subnet.bond_resets ?? []).forEach(({ epoch, neuron }, index) => {
    const uids = context.at(["bond_resets", index, "neuron"], () => neurons.uids(neuron));
    resets.set(epoch, [...(resets.get(epoch) ?? []), ...uids]);
  });
  return resets;
}
