import type { Subnet } from "../schema/subnet.ts";
import type { Restaking } from "../types.ts";
import type { SubnetContext } from "./context.ts";
import type { Neurons } from "./neurons.ts";

/** Which neurons stake what they are paid, and on whom. */
export function restakingOf(
  { neurons: groups }: Subnet,
  neurons: Neurons,
  context: SubnetContext,
): Restaking[] {
  const restaking = (groups ?? []).flatMap(({ name, restake }, index): Restaking[] => {
    if (restake === undefined) return [];
    const path = ["neurons", index, "restake"];
    return [{ from: neurons.uids(name), to: context.at(path, () => neurons.uids(restake)) }];
  });
  const changing = neurons.list.find(({ alphaStake }) => alphaStake.epochs.some((epoch) => epoch > 0));
  if (restaking.length > 0 && changing !== undefined)
    throw context.error(
      ["neurons"],
      `${changing.label} has stakes by epoch; with restake they follow from what is paid, so give only those of epoch 0`,
    );
  return restaking;
}
