/** Events in the one order in which they are handled: block, then phase, then sequence. */

/** What happens inside a block, in this order. */
export const PHASES = ["system", "hooks", "calls", "observe"] as const;

/**
 * - `system`: changes from outside, before the block begins
 * - `hooks`: the block's own step
 * - `calls`: what agents do
 * - `observe`: sampling; changes nothing
 */
export type Phase = (typeof PHASES)[number];

const RANKS = new Map<Phase, number>(PHASES.map((phase, rank) => [phase, rank]));

/** Something that is to happen; plain data, so that a checkpoint can hold it. */
export interface Event<T> {
  readonly block: number;
  readonly phase: Phase;
  /** Order inside a phase. Two events of a phase must differ in it, or their order would depend on the heap. */
  readonly sequence: number;
  readonly body: T;
}

/** Negative when `a` comes first. */
export function compareEvents(a: Event<unknown>, b: Event<unknown>): number {
  return a.block - b.block || rank(a.phase) - rank(b.phase) || a.sequence - b.sequence;
}

const rank = (phase: Phase): number => RANKS.get(phase) ?? PHASES.length;

/** A binary heap of events. */
export class EventQueue<T> {
  readonly #heap: Event<T>[];

  /** @param events as `save` gave them, or none */
  constructor(events: readonly Event<T>[] = []) {
    this.#heap = [...events].sort(compareEvents);
  }

  get size(): number {
    return this.#heap.length;
  }

  /** The event that is next; undefined when there is none. */
  peek(): Event<T> | undefined {
    return this.#heap[0];
  }

  push(event: Event<T>): void {
    const heap = this.#heap;
    let at = heap.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (compareEvents(heap[parent]!, event) <= 0) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = event;
  }

  /** Takes out the event that is next. */
  pop(): Event<T> | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= heap.length) break;
      const right = left + 1;
      const child = right < heap.length && compareEvents(heap[right]!, heap[left]!) < 0 ? right : left;
      if (compareEvents(last, heap[child]!) <= 0) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return first;
  }

  /** All waiting events, in their order. */
  save(): Event<T>[] {
    return [...this.#heap].sort(compareEvents);
  }
}
