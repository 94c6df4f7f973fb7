/** Where settings put their values. */
import type { Chain } from "../chain.ts";
import type { U32Column, U64Column } from "../state/columns.ts";
import { netuidParametersOf } from "../state/genesis.ts";
import type { Netuid, Subnet } from "../state/network.ts";
import type { GlobalParameters, NetuidParameters, SubnetParameters } from "../state/parameters.ts";

type Store<Value> = (chain: Chain, netuid: Netuid, value: Value, subnet: Subnet | undefined) => void;

/** A parameter that dissolving deletes. Without subnet nothing would keep it. */
export const inSubnet =
  <K extends keyof SubnetParameters>(key: K): Store<SubnetParameters[K]> =>
  ({ journal }, _netuid, value, subnet) => {
    if (subnet !== undefined) journal.set(subnet.parameters, key, value);
  };

/** A parameter of the netuid that survives dissolving. */
export const inNetuid =
  <K extends keyof NetuidParameters>(key: K): Store<NetuidParameters[K]> =>
  ({ state, journal }, netuid, value) =>
    journal.set(netuidParametersOf(journal, state, netuid), key, value);

/** A column of numbers. */
export const inNumbers =
  (column: U32Column): Store<number> =>
  ({ state, journal }, netuid, value, subnet) => {
    if (subnet !== undefined) journal.set(state.columns[column], netuid, value);
  };

/** A column of switches. */
export const inSwitches =
  (column: U32Column): Store<boolean> =>
  ({ state, journal }, netuid, value, subnet) => {
    if (subnet !== undefined) journal.set(state.columns[column], netuid, value ? 1 : 0);
  };

/** A column of amounts or blocks. */
export const inAmounts =
  (column: U64Column): Store<bigint> =>
  ({ state, journal }, netuid, value, subnet) => {
    if (subnet !== undefined) journal.set(state.columns[column], netuid, value);
  };

/** A parameter without effect: kept to be read back. */
export const inert =
  (parameter: string): Store<bigint | number | boolean> =>
  ({ state, journal }, netuid, value) =>
    journal.mapSet(state.inertParameters, `${netuid}/${parameter}`, value);

/** A parameter of the whole network. */
export const setGlobal = <K extends keyof GlobalParameters>(
  { state, journal }: Chain,
  key: K,
  value: GlobalParameters[K],
): void => journal.set(state.parameters, key, value);
