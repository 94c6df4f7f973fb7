/** Calls on their way into a block: the author's pool, the order of a block, its room (spec/calls.md 18). */
import type { Submission } from "../../agents/index.ts";
import type { AccountId, Call } from "../../chain/index.ts";
import { executionOrder, type Waiting } from "../../chain/calls/queue.ts";

/** A call that waits; plain data. */
export interface PendingSubmission extends Waiting {
  /** Agent that sent it. */
  readonly agent: number;
  readonly submission: Submission;
}

/** Time weights, picoseconds: what a block has room for, what a direct weight call and any other take. */
const BLOCK_ROOM = 3_000_000_000_000;
const WEIGHT_CALL = 118_000_000_000;
const OTHER_CALL = 3_300_000_000;
const HEAVY: ReadonlySet<Call["call"]> = new Set<Call["call"]>([
  "setWeights",
  "setMechanismWeights",
  "batchSetWeights",
]);

const timeWeight = ({ call }: Call): number => (HEAVY.has(call) ? WEIGHT_CALL : OTHER_CALL);

export const signerOf = ({ origin }: Call): AccountId | null => (origin === "root" ? null : origin.signed);

/** What gets into a block and what stays in the pool. */
export function fillBlock(
  waiting: readonly PendingSubmission[],
  block: number,
): { taken: PendingSubmission[]; left: PendingSubmission[] } {
  const ordered = withPlaces(executionOrder(waiting, block));
  let room = BLOCK_ROOM;
  let count = 0;
  for (const { submission } of ordered) {
    room -= timeWeight(submission.call);
    if (room < 0) break;
    count++;
  }
  return { taken: ordered.slice(0, count), left: ordered.slice(count) };
}

/** Puts calls that may choose their place beside the call that they name. */
function withPlaces(ordered: readonly PendingSubmission[]): PendingSubmission[] {
  const placed = ordered.filter(({ submission }) => submission.place !== undefined);
  if (placed.length === 0) return [...ordered];
  const order = ordered.filter(({ submission }) => submission.place === undefined);
  for (const one of placed) {
    const { beside, side } = one.submission.place!;
    const at = order.findIndex(({ sequence }) => sequence === beside);
    // The call that it named may have been dropped; then it comes last.
    order.splice(at < 0 ? order.length : side === "before" ? at : at + 1, 0, one);
  }
  return order;
}
