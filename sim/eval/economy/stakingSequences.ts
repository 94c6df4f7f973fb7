/** The kinds of the staking family that are sequences of calls: locks, children, takes. */
import type { Call } from "../../chain/calls/dispatch.ts";
import { dispatch } from "../../chain/calls/dispatch.ts";
import type { Chain } from "../../chain/chain.ts";
import { bareName, isError, type ChainError } from "../../chain/errors.ts";
import { hotkeyConviction, kingOf } from "../../chain/locks/conviction.ts";
import { forceReduceLock } from "../../chain/locks/reduce.ts";
import { availableToUnstake, touchLock } from "../../chain/locks/touch.ts";
import { transferLock } from "../../chain/locks/transfer.ts";
import { applyPendingChildren } from "../../chain/staking/children.ts";
import { increaseStake } from "../../chain/staking/stake.ts";
import { decreaseTake, delegateTake, increaseTake } from "../../chain/staking/takes.ts";
import type { ChildLink, LockState, Netuid, Subnet } from "../../chain/state/network.ts";
import type { JsonObject, JsonValue } from "../../json.ts";
import type { Kind } from "./family.ts";
import { integerText, Row, type Fields } from "./fields.ts";
import { emptyChain, linkHotkey, newSubnet } from "./network.ts";

const NETUID = 1;

const resultOf = (outcome: ChainError | null): string => (outcome === null ? "ok" : bareName(outcome));

/** Dispatches a call and answers its result. */
function made(chain: Chain, call: Call): string {
  const result = dispatch(chain, call);
  return result.ok ? "ok" : bareName(result.error);
}

const lockRow = (lock: LockState | null): JsonValue =>
  lock === null ? null : [`${lock.mass}`, `${lock.conviction}`, `${lock.lastBlock}`];

const COLDKEYS = [1, 2, 3, 4];
const HOTKEYS = [101, 102, 103];

function locksOf({ state }: Chain, subnet: Subnet): JsonObject {
  const { lockAggregates } = subnet;
  const rows = (map: ReadonlyMap<number, LockState>): JsonValue[] =>
    [...map].sort(([a], [b]) => a - b).map(([hotkey, lock]) => [hotkey, lockRow(lock)]);
  return {
    locks_cold_hot: [...subnet.locks]
      .sort(([a], [b]) => a - b)
      .map(([coldkey, lock]) => [coldkey, lock.hotkey, lockRow(lock)]),
    hotkey_locks: rows(lockAggregates.perpetual),
    decaying_hotkey_locks: rows(lockAggregates.decaying),
    owner_lock: lockRow(lockAggregates.ownerPerpetual),
    decaying_owner_lock: lockRow(lockAggregates.ownerDecaying),
    available_to_unstake: COLDKEYS.map((coldkey) => `${availableToUnstake(state, coldkey, NETUID)}`),
    hotkey_conviction_bits: HOTKEYS.map((hotkey) => `${hotkeyConviction(state, subnet, hotkey)}`),
    king: kingOf(state, subnet),
  };
}

const LOCK_OPERATIONS = [
  "lock_stake",
  "move_lock",
  "set_perpetual_lock",
  "force_reduce_lock",
  "cleanup_lock",
  "transfer_lock_accepting",
] as const;

/** One operation on locks. */
function lockOperation(fields: Fields): (chain: Chain) => string {
  const op = fields.choice("op", LOCK_OPERATIONS);
  const coldkey = fields.account("coldkey");
  const args = new Row(fields.value("args"), fields.at("args"));
  const origin = { signed: coldkey };
  const operations: Readonly<Record<typeof op, () => (chain: Chain) => string>> = {
    lock_stake: () => {
      const call = { hotkey: args.number(0), netuid: NETUID, amount: args.unsigned(1) };
      return (chain) => made(chain, { call: "lockStake", origin, args: call });
    },
    move_lock: () => {
      const call = { destinationHotkey: args.number(0), netuid: NETUID };
      return (chain) => made(chain, { call: "moveLock", origin, args: call });
    },
    set_perpetual_lock: () => {
      const enabled = args.columns[0] === true;
      return (chain) => made(chain, { call: "setPerpetualLock", origin, args: { netuid: NETUID, enabled } });
    },
    force_reduce_lock: () => {
      const amount = args.unsigned(0);
      return (chain) => {
        forceReduceLock(chain, coldkey, NETUID, amount);
        return "ok";
      };
    },
    cleanup_lock: () => (chain) => {
      touchLock(chain, coldkey, NETUID);
      return "ok";
    },
    transfer_lock_accepting: () => {
      const target = args.number(0);
      const amount = args.unsigned(1);
      return (chain) => {
        chain.journal.mapSet(chain.state.acceptsLockedAlpha, target, true);
        const outcome = chain.journal.atomically(() => transferLock(chain, coldkey, target, NETUID, amount));
        return resultOf(isError(outcome) ? outcome : null);
      };
    },
  };
  return operations[op]();
}

/** Operations with the block of each. */
function operationsOf<T>(fields: Fields, read: (op: Fields) => T): { block: number; operation: T }[] {
  return fields.objects("ops").map((op) => {
    const entry = { block: op.block("block"), operation: read(op) };
    op.done();
    return entry;
  });
}

export const lockSequence: Kind = (fields) => {
  const ownerHotkey = fields.account("owner_hotkey");
  // Always the same: 101, 102 and 103 belong to 1, 2 and 3.
  fields.text("hotkey_owner");
  const stakes = fields
    .rows("stakes_hot_cold_alpha")
    .map((row) => [row.number(0), row.number(1), row.unsigned(2)] as const);
  const operations = operationsOf(fields, lockOperation);
  return () => {
    const chain = emptyChain();
    const subnet = newSubnet(chain, NETUID);
    subnet.ownerHotkey = ownerHotkey;
    for (const hotkey of HOTKEYS) linkHotkey(chain, hotkey, hotkey - 100, null);
    for (const [hotkey, coldkey, alpha] of stakes) increaseStake(chain, hotkey, coldkey, NETUID, alpha);
    return {
      ops: operations.map(({ block, operation }) => {
        chain.state.block = block;
        return { result: operation(chain), ...locksOf(chain, subnet) };
      }),
    };
  };
};

const CHILD_OPERATIONS = ["set_children", "set_childkey_take", "apply_pending"] as const;

const linkOf = (row: Row): ChildLink => ({ proportion: row.unsigned(0), hotkey: row.number(1) });

function childOperation(fields: Fields): (chain: Chain) => string {
  const op = fields.choice("op", CHILD_OPERATIONS);
  const coldkey = fields.account("coldkey");
  const hotkey = fields.account("hotkey");
  const netuid = fields.u16("netuid");
  const args = new Row(fields.value("args"), fields.at("args"));
  const origin = { signed: coldkey };
  const operations: Readonly<Record<typeof op, () => (chain: Chain) => string>> = {
    set_children: () => {
      const children = args.rows(0).map(linkOf);
      return (chain) => made(chain, { call: "setChildren", origin, args: { hotkey, netuid, children } });
    },
    set_childkey_take: () => {
      const take = args.number(0, 65_535);
      return (chain) => made(chain, { call: "setChildkeyTake", origin, args: { hotkey, netuid, take } });
    },
    apply_pending: () => (chain) => {
      const subnet = chain.state.subnets.get(netuid);
      if (subnet !== undefined) applyPendingChildren(chain, subnet);
      return "ok";
    },
  };
  return operations[op]();
}

const linkRows = (links: readonly ChildLink[]): JsonValue =>
  links.map(({ proportion, hotkey }) => [`${proportion}`, hotkey]);

/** Children, parents and pending lists of all subnets. */
function linksOf({ state }: Chain): JsonObject {
  const table = (name: "children" | "parents"): JsonValue[] => {
    const rows: [number, Netuid, JsonValue][] = [];
    for (const netuid of state.netuids)
      for (const [hotkey, links] of state.subnets.get(netuid)?.[name] ?? [])
        rows.push([hotkey, netuid, linkRows(links)]);
    return rows.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  };
  const pending: [Netuid, number, string, JsonValue][] = [];
  for (const netuid of state.netuids)
    for (const [hotkey, { cooldownBlock, children }] of state.subnets.get(netuid)?.pendingChildren ?? [])
      pending.push([netuid, hotkey, `${cooldownBlock}`, linkRows(children)]);
  return {
    children: table("children"),
    parents: table("parents"),
    pending: pending.sort((a, b) => a[0] - b[0] || a[1] - b[1]),
  };
}

export const childrenSequence: Kind = (fields) => {
  const threshold = fields.unsigned("stake_threshold");
  // Always the same: hotkey h belongs to coldkey h + 50.
  fields.text("hotkey_owner");
  const values = fields
    .list("total_stake_value_of_hotkeys_1_to_9")
    .map((value, i) => integerText(value, `hotkey ${i + 1}`, 0n, 0xffff_ffff_ffff_ffffn));
  const operations = operationsOf(fields, childOperation);
  return () => {
    const chain = emptyChain();
    const { state } = chain;
    state.parameters.stakeThreshold = threshold;
    newSubnet(chain, 1);
    newSubnet(chain, 2);
    state.columns.subtokenEnabled[1] = 1;
    for (const [i, value] of values.entries()) {
      linkHotkey(chain, i + 1, i + 51, null);
      // Root stake is worth its amount, so it makes exactly this stake value.
      increaseStake(chain, i + 1, i + 51, 0, value);
    }
    return {
      ops: operations.map(({ block, operation }) => {
        state.block = block;
        return { result: operation(chain), ...linksOf(chain) };
      }),
    };
  };
};

const TAKE_OPERATIONS = ["increase_take", "decrease_take"] as const;
const TAKE_HOTKEY = 1;
const TAKE_OWNER = 2;

/** The inner routines: the vectors do not pass through the gates. */
export const takeSequence: Kind = (fields) => {
  const minTake = fields.u16("min_take");
  const maxTake = fields.u16("max_take");
  const operations = operationsOf(fields, (op) => {
    const apply = op.choice("op", TAKE_OPERATIONS) === "increase_take" ? increaseTake : decreaseTake;
    const coldkey = op.account("coldkey");
    const take = op.u16("take");
    return (chain: Chain) => apply(chain, coldkey, TAKE_HOTKEY, take);
  });
  return () => {
    const chain = emptyChain();
    const { state } = chain;
    state.parameters.minDelegateTake = minTake;
    state.parameters.maxDelegateTake = maxTake;
    linkHotkey(chain, TAKE_HOTKEY, TAKE_OWNER, null);
    return {
      ops: operations.map(({ block, operation }) => {
        state.block = block;
        return {
          result: resultOf(operation(chain)),
          take_after: delegateTake(chain, TAKE_HOTKEY),
          stored: (state.hotkeys.get(TAKE_HOTKEY)?.take ?? null) !== null,
        };
      }),
    };
  };
};
