/** The clock: blocks one after the other, and in each the events that wait for it. */
import type { Event, EventQueue } from "./event-queue.ts";

/** What the clock moves. */
export interface World<T> {
  /** Block of the last step. */
  readonly block: number;
  readonly queue: EventQueue<T>;
  /** Does the steps of all blocks up to and including `block`; nothing else happens in between. */
  advanceTo(block: number): void;
  /**
   * Handles the events of one phase of a block, in order.
   * They have left the queue; new ones must lie behind this phase.
   */
  handle(events: readonly Event<T>[]): void;
}

/**
 * Idle blocks are stepped in pieces that end at multiples of this, so that a stretch without events can be interrupted too,
 * and always at the same blocks wherever the loop began.
 */
const LONGEST_STRETCH = 100;

/**
 * Moves the world to `until` and handles every event up to the end of that block. `system` events of a block come before
 * its step, all others after it.
 * @param pause called between blocks with the last complete one; true = stop here
 * @returns the last complete block
 */
export function runLoop<T>(world: World<T>, until: number, pause: (block: number) => boolean): number {
  while (world.block < until) {
    const next = world.queue.peek();
    const eventBlock = next === undefined ? until + 1 : next.block;
    if (eventBlock <= world.block)
      throw new Error(`event of block ${eventBlock} is waiting after that block`);
    const stretch = Math.min(until, (Math.floor(world.block / LONGEST_STRETCH) + 1) * LONGEST_STRETCH);
    if (eventBlock > stretch) world.advanceTo(stretch);
    else {
      world.advanceTo(eventBlock - 1);
      runBlock(world, eventBlock);
    }
    if (pause(world.block)) break;
  }
  return world.block;
}

function runBlock<T>(world: World<T>, block: number): void {
  const { queue } = world;
  let stepped = false;
  for (let next = queue.peek(); next?.block === block; next = queue.peek()) {
    if (!stepped && next.phase !== "system") {
      world.advanceTo(block);
      stepped = true;
    }
    const { phase } = next;
    const events: Event<T>[] = [];
    while (queue.peek()?.block === block && queue.peek()?.phase === phase) events.push(queue.pop()!);
    world.handle(events);
  }
  if (!stepped) world.advanceTo(block);
}
