import type * as FileSystem from "node:fs";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, expect, test, vi } from "vitest";
import { writeAll } from "../../../sim/trace/write-all.ts";

/** Most bytes that one call takes, as on a disk that is almost full. */
const part = vi.hoisted(() => ({ most: Infinity }));
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof FileSystem>();
  return {
    ...fs,
    writevSync: (file: number, chunks: readonly Uint8Array[], position: number) => {
      const bytes = Buffer.concat(chunks);
      return fs.writeSync(file, bytes, 0, Math.min(part.most, bytes.length), position);
    },
  };
});

const folder = mkdtempSync(join(tmpdir(), "yumasim-write-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("what a call leaves is written by the next", () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 12 }), { maxLength: 8 }),
      fc.integer({ min: 1, max: 20 }),
      (chunks, most) => {
        part.most = most;
        const path = join(folder, "file");
        const file = openSync(path, "w");
        const half = chunks.length >> 1;
        const middle = writeAll(file, chunks.slice(0, half), 0);
        const end = writeAll(file, chunks.slice(half), middle);
        closeSync(file);
        const expected = Buffer.concat(chunks);
        expect(end).toBe(expected.length);
        expect(readFileSync(path).equals(expected)).toBe(true);
      },
    ),
  );
});
