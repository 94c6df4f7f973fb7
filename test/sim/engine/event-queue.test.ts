import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareEvents, type Event, EventQueue, PHASES } from "../../../sim/engine/event-queue.ts";
import { runLoop, type World } from "../../../sim/engine/run-loop.ts";

const events = fc.uniqueArray(
  fc.record({
    block: fc.integer({ min: 1, max: 300 }),
    phase: fc.constantFrom(...PHASES),
    sequence: fc.integer({ min: 0, max: 20 }),
    body: fc.constant(null),
  }),
  { selector: ({ block, phase, sequence }) => `${block}/${phase}/${sequence}`, maxLength: 80 },
);

function drained<T>(queue: EventQueue<T>): Event<T>[] {
  const out: Event<T>[] = [];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) out.push(next);
  return out;
}

describe("the queue", () => {
  test("hands events out by block, phase and sequence, whatever order they came in", () => {
    fc.assert(
      fc.property(events, (list) => {
        const queue = new EventQueue<null>();
        for (const event of list) queue.push(event);
        expect(drained(queue)).toEqual([...list].sort(compareEvents));
      }),
    );
  });

  test("goes on from what was saved", () => {
    fc.assert(
      fc.property(events, fc.nat(80), (list, taken) => {
        const queue = new EventQueue<null>(list);
        for (let k = 0; k < taken; k++) queue.pop();
        expect(drained(new EventQueue(queue.save()))).toEqual(drained(queue));
      }),
    );
  });
});

/** A world that only remembers what it was told. */
class Diary implements World<string> {
  block = 0;
  readonly queue = new EventQueue<string>();
  readonly entries: string[] = [];

  advanceTo(block: number): void {
    while (this.block < block) this.entries.push(`step ${++this.block}`);
  }

  handle(handled: readonly Event<string>[]): void {
    for (const { body } of handled) this.entries.push(`${body} after step ${this.block}`);
  }
}

describe("the loop", () => {
  test("puts system events before the step of their block and all others behind it", () => {
    const world = new Diary();
    world.queue.push({ block: 2, phase: "observe", sequence: 0, body: "sample" });
    world.queue.push({ block: 2, phase: "calls", sequence: 1, body: "second" });
    world.queue.push({ block: 2, phase: "calls", sequence: 0, body: "first" });
    world.queue.push({ block: 2, phase: "system", sequence: 0, body: "shock" });
    expect(runLoop(world, 3, () => false)).toBe(3);
    expect(world.entries).toEqual([
      "step 1",
      "shock after step 1",
      "step 2",
      "first after step 2",
      "second after step 2",
      "sample after step 2",
      "step 3",
    ]);
  });

  test("pauses at every multiple of 100, wherever it began and whatever happens there", () => {
    fc.assert(
      fc.property(events, fc.integer({ min: 0, max: 299 }), (list, split) => {
        const pauses = (first: number): number[] => {
          const world = new Diary();
          for (const event of list) world.queue.push({ ...event, body: "event" });
          const seen: number[] = [];
          const note = (block: number): boolean => {
            if (block % 100 === 0) seen.push(block);
            return false;
          };
          runLoop(world, first, note);
          runLoop(world, 300, note);
          return [...new Set(seen)];
        };
        expect(pauses(split)).toEqual(pauses(0));
      }),
    );
  });

  test("an event in the past is a bug that is named", () => {
    const world = new Diary();
    world.advanceTo(5);
    world.queue.push({ block: 5, phase: "calls", sequence: 0, body: "late" });
    expect(() => runLoop(world, 10, () => false)).toThrow("event of block 5 is waiting after that block");
  });
});
