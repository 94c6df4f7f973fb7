import { describe, expect, test } from "vitest";
import {
  decodeCheckpoint,
  decodeState,
  encodeCheckpoint,
  encodeState,
} from "../../../sim/engine/checkpoint.ts";
import { Streams } from "../../../sim/engine/streams.ts";

describe("checkpoints", () => {
  const slab = new ArrayBuffer(32);
  const state = {
    map: new Map<number, bigint>([
      [3, 2n ** 100n],
      [1, -5n],
    ]),
    first: new BigUint64Array(slab, 0, 2),
    second: new Uint32Array(slab, 16, 4),
    slab,
    list: [1.5, "text", null, true],
  };
  state.first[1] = 7n;
  state.second[3] = 9;

  test("keep maps, big numbers and typed arrays", () => {
    expect(decodeState(encodeState(state))).toEqual(state);
  });

  test("keep a buffer shared that several arrays look at", () => {
    const copy = decodeState(encodeState(state)) as typeof state;
    copy.first[0] = 42n;
    expect(new BigUint64Array(copy.slab)[0]).toBe(42n);
    expect(copy.second.buffer).toBe(copy.slab);
  });

  test("are the same bytes for the same state", () => {
    expect(encodeState(structuredClone(state))).toEqual(encodeState(structuredClone(state)));
  });

  test("notice every damaged byte and every cut", () => {
    const bytes = encodeCheckpoint({ a: 1n, b: [1, 2, 3] });
    expect(decodeCheckpoint(bytes)).toEqual({ a: 1n, b: [1, 2, 3] });
    for (let at = 0; at < bytes.length; at++) {
      const damaged = Uint8Array.from(bytes);
      damaged[at] = damaged[at]! ^ 1;
      expect(decodeCheckpoint(damaged)).toBeUndefined();
      expect(decodeCheckpoint(bytes.subarray(0, at))).toBeUndefined();
    }
  });
});

test("streams go on where they were saved, and opening one more changes none", () => {
  const streams = new Streams("7");
  for (let k = 0; k < 10; k++) streams.stream("a", "x").uint32();
  const restored = new Streams("7", streams.save());
  restored.stream("b", "x").uint32();
  const ahead = Array.from({ length: 5 }, () => streams.stream("a", "x").uint32());
  expect(Array.from({ length: 5 }, () => restored.stream("a", "x").uint32())).toEqual(ahead);
});
