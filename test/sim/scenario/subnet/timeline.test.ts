import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Timeline } from "../../../../sim/scenario/subnet/timeline.ts";

test("a value holds until the next one is set", () => {
  const entries = fc.array(fc.tuple(fc.nat(20), fc.string()));
  fc.assert(
    fc.property(entries, fc.nat(25), (list, epoch) => {
      const values = new Map(list);
      const timeline = Timeline.of(values);
      let since: number | undefined;
      for (let past = 0; past <= epoch; past++) if (values.has(past)) since = past;
      expect(timeline.latest(epoch)).toBe(since);
      expect(timeline.inForce(epoch)).toBe(since === undefined ? undefined : values.get(since));
      expect(timeline.setAt(epoch)).toBe(values.get(epoch));
      expect(timeline.first).toBe(list.length === 0 ? undefined : Math.min(...values.keys()));
    }),
  );
  expect(Timeline.constant(5).inForce(1000)).toBe(5);
  expect(Timeline.empty().inForce(0)).toBeUndefined();
});
