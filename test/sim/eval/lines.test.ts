import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkSources, readLines } from "../../../sim/eval/index.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "yumasim-lines-"));
});
afterAll(() => rm(directory, { recursive: true }));

/** The bytes as a stream of chunks of `size`. */
function chunks(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  const list: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) list.push(bytes.subarray(at, at + size));
  return Readable.from(list, { objectMode: true }) as AsyncIterable<Uint8Array>;
}

async function texts(bytes: Uint8Array, size: number): Promise<(string | null)[]> {
  const found = [];
  for await (const line of readLines(["-"], chunks(bytes, size))) {
    expect(line.number).toBe(found.length + 1);
    found.push(line.text);
  }
  return found;
}

const TEXT = "first\n\nthird, größer ✓\r\nlast without an end";
const LINES = ["first", "", "third, größer ✓\r", "last without an end"];

test.each([1, 2, 3, 7, 1000])("plain and gzip input in chunks of %i bytes", async (size) => {
  const plain = Buffer.from(TEXT);
  expect(await texts(plain, size)).toEqual(LINES);
  expect(await texts(gzipSync(plain), size)).toEqual(LINES);
  const members = Buffer.concat([gzipSync(plain.subarray(0, 9)), gzipSync(plain.subarray(9))]);
  expect(await texts(members, size)).toEqual(LINES);
});

test("a last line end makes no further line, and nothing has no line", async () => {
  expect(await texts(Buffer.from("a\nb\n"), 2)).toEqual(["a", "b"]);
  expect(await texts(Buffer.alloc(0), 1)).toEqual([]);
  expect(await texts(Buffer.from("x"), 1)).toEqual(["x"]);
});

test("files follow one another and each counts its own lines", async () => {
  const paths = [join(directory, "a.jsonl"), join(directory, "b.jsonl.gz")];
  await writeFile(paths[0]!, "1\n2");
  await writeFile(paths[1]!, gzipSync("3\n"));
  const found = [];
  for await (const line of readLines(paths, Readable.from([]))) found.push([line.number, line.text]);
  expect(found).toEqual([
    [1, "1"],
    [2, "2"],
    [1, "3"],
  ]);
});

test("an archive that is cut off gives what could be unpacked, then an error that names it", async () => {
  const path = join(directory, "cut.gz");
  const packed = gzipSync(Array.from({ length: 20_000 }, (_, i) => `line ${(i * 7919) % 20_011}\n`).join(""));
  await writeFile(path, packed.subarray(0, packed.length - 20));
  let lines = 0;
  await expect(async () => {
    for await (const line of readLines([path], Readable.from([]))) lines += line.text === null ? 0 : 1;
  }).rejects.toThrow(/cut\.gz: cannot be read to its end/);
  expect(lines).toBeGreaterThan(10_000);
});

test("sources are looked at before the first line", async () => {
  await expect(checkSources(["-", join(directory, "none")])).rejects.toThrow(/none: no such file/);
  await expect(checkSources([directory])).rejects.toThrow(/a directory/);
});
