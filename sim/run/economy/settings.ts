/** Writes parameters of a scenario into a chain. */
import { type Chain, type Netuid, switchLimitOrders } from "../../chain/index.ts";
import { GLOBAL_SETTINGS, SUBNET_SETTINGS, type SettingValues } from "../../scenario/index.ts";

/** Sets hyperparameters of a subnet; nothing where it does not exist (any more). */
export function setHyperparameters({ state, journal }: Chain, netuid: Netuid, values: SettingValues): void {
  const subnet = state.subnets.get(netuid);
  if (subnet === undefined) return;
  for (const [name, value] of Object.entries(values)) {
    const home = SUBNET_SETTINGS[name]?.home;
    if (home === undefined) throw new Error(`no hyperparameter ${name}`);
    if (home.in === "parameters") journal.set(subnet.parameters, home.key, value);
    else if (home.in === "u32") journal.set(state.columns[home.key], netuid, Number(value));
    else journal.set(state.columns[home.key], netuid, BigInt(value));
  }
}

/** Sets parameters of the whole network. */
export function setParameters(chain: Chain, values: SettingValues): void {
  for (const [name, value] of Object.entries(values)) {
    const home = GLOBAL_SETTINGS[name]?.home;
    if (home === undefined) throw new Error(`no parameter ${name}`);
    if (home.in === "parameters") chain.journal.set(chain.state.parameters, home.key, value);
    else switchLimitOrders(chain, value === true);
  }
}
