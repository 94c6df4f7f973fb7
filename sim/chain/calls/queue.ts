/** In which order waiting transactions get into a block (spec/calls.md 18). Pure. */
import type { AccountId } from "../state/network.ts";

/** A transaction as the order sees it. */
export interface Waiting {
  /** Null for the root origin. */
  readonly account: AccountId | null;
  /** First block in which it is no longer valid; null = immortal. */
  readonly expiry: number | null;
  /** Arrival in the author's pool. */
  readonly sequence: number;
  readonly call: string;
}

/** Calls with the higher class of priority, when they are made directly. */
const OPERATIONAL: ReadonlySet<string> = new Set([
  "sudoSetBurnHalfLife",
  "sudoSetBurnIncreaseMult",
  "sudoSetOwnerCutEnabled",
  "sudoSetOwnerCutAutoLockEnabled",
]);

const rank = ({ call }: Waiting): number => (OPERATIONAL.has(call) ? 0 : 1);

/** Class, then the earlier expiry, then the earlier arrival. Neither tip nor stake counts. */
export function comesBefore(a: Waiting, b: Waiting): number {
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  const [left, right] = [a.expiry ?? Infinity, b.expiry ?? Infinity];
  if (left !== right) return left < right ? -1 : 1;
  return a.sequence - b.sequence;
}

/**
 * The transactions that are still valid in `block`, in the order in which the author takes them. Those of one account
 * keep their own order: only its first waiting one competes.
 */
export function executionOrder<W extends Waiting>(waiting: readonly W[], block: number): W[] {
  const queues = new Map<AccountId | string, W[]>();
  for (const one of [...waiting].sort((a, b) => a.sequence - b.sequence)) {
    if (one.expiry !== null && one.expiry <= block) continue;
    const key = one.account ?? `root/${one.sequence}`;
    const queue = queues.get(key);
    if (queue === undefined) queues.set(key, [one]);
    else queue.push(one);
  }
  const order: W[] = [];
  const heads = [...queues.values()].map((queue) => ({ queue, next: 0 }));
  for (;;) {
    let best: { queue: W[]; next: number } | undefined;
    for (const head of heads) {
      const one = head.queue[head.next];
      const leader = best?.queue[best.next];
      if (one !== undefined && (leader === undefined || comesBefore(one, leader) < 0)) best = head;
    }
    const taken = best?.queue[best.next];
    if (best === undefined || taken === undefined) return order;
    order.push(taken);
    best.next += 1;
  }
}
