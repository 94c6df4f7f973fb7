import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blake2b256 } from "../../../../sim/chain/hashing/blake2b.ts";
import { commitBytes, commitHash } from "../../../../sim/chain/weights/commitHash.ts";

const EXAMPLE = {
  account: new Uint8Array(32).fill(1),
  netuid: 5,
  mechanism: 0,
  uids: [1, 2],
  values: [100, 200],
  salt: [7, 8, 9],
  versionKey: 0n,
};

describe("blake2b256", () => {
  it("gives the published digests", () => {
    expect(blake2b256(new Uint8Array())).toBe(
      "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8",
    );
    expect(blake2b256(new TextEncoder().encode("abc"))).toBe(
      "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319",
    );
  });

  it("depends on every byte, on both sides of a block border", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), fc.nat(), (bytes, at) => {
        const changed = Uint8Array.from(bytes);
        const i = at % bytes.length;
        changed[i] = (changed[i] ?? 0) ^ 1;
        expect(blake2b256(changed)).not.toBe(blake2b256(bytes));
      }),
    );
  });
});

describe("commitHash", () => {
  it("gives the worked example, spec/weights.md 9.5", () => {
    const hex = [...commitBytes(EXAMPLE)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    expect(hex).toBe(`${"01".repeat(32)}05000801000200086400c8000c0700080009000000000000000000`);
    expect(commitHash(EXAMPLE)).toBe("5152474880099939ec21dd92a291d006ddc59fe71fdd373a2a1e1d4f01a162b2");
    expect(commitHash({ ...EXAMPLE, mechanism: 1 })).toBe(
      "0ceef3e35dd1903a785c2440d1a9dd32f2664e893069dea76fd9ab30bee8d021",
    );
  });

  it("writes list lengths in one, two or four bytes", () => {
    const bytes = (length: number): number[] =>
      Array.from(
        commitBytes({ ...EXAMPLE, uids: Array.from({ length }, () => 0), values: [], salt: [] }),
      ).slice(34, 38);
    expect(bytes(63).slice(0, 1)).toEqual([252]);
    expect(bytes(64).slice(0, 2)).toEqual([1, 1]);
    expect(bytes(16_383).slice(0, 2)).toEqual([253, 255]);
    expect(bytes(16_384)).toEqual([2, 0, 1, 0]);
  });
});
