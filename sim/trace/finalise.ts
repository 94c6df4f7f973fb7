import { createHash } from "node:crypto";
import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { RecordBatchFileWriter, RecordBatchReader } from "apache-arrow";
import type { TableDigest } from "./manifest.ts";
import { ByteSink } from "./table-writer.ts";
import { writeAll } from "./write-all.ts";

/** Most bytes of a stream that are read at once. */
const CHUNK = 0x10_0000;

/** A file from its start to its end. */
function* chunksOf(file: number): Generator<Uint8Array> {
  for (let left = fstatSync(file).size; left > 0;) {
    // A new one each time: batches keep what they were read from.
    const chunk = new Uint8Array(Math.min(CHUNK, left));
    const length = readSync(file, chunk);
    if (length === 0) return;
    left -= length;
    yield chunk.subarray(0, length);
  }
}

/**
 * Turns a finished stream (`.arrows`) into an Arrow file (`.arrow`), batch by batch, under a temporary name that is
 * renamed at the end; the stream is removed only after that.
 */
export function finaliseTable(streamPath: string, filePath: string): TableDigest {
  const temporary = `${filePath}.tmp`;
  const hash = createHash("sha256");
  const stream = openSync(streamPath, "r");
  const file = openSync(temporary, "w");
  const sink = new ByteSink();
  let [bytes, rows, batches] = [0, 0, 0];
  const drain = (): void => {
    const chunks = sink.take();
    for (const chunk of chunks) hash.update(chunk);
    bytes = writeAll(file, chunks, bytes);
  };
  try {
    const reader = RecordBatchReader.from(chunksOf(stream)).open();
    const writer = new RecordBatchFileWriter();
    writer.reset(sink, reader.schema);
    for (const batch of reader) {
      writer.write(batch);
      rows += batch.numRows;
      batches++;
      drain();
    }
    writer.close();
    drain();
    fsyncSync(file);
  } finally {
    closeSync(file);
    closeSync(stream);
  }
  renameSync(temporary, filePath);
  rmSync(streamPath);
  return { rows, batches, sha256: hash.digest("hex") };
}

/** What the manifest says of a table that is an Arrow file already. */
export async function digestTable(filePath: string): Promise<TableDigest> {
  const bytes = await readFile(filePath);
  const reader = RecordBatchReader.from(bytes);
  let rows = 0;
  let batches = 0;
  for (const batch of reader) {
    rows += batch.numRows;
    batches++;
  }
  return { rows, batches, sha256: createHash("sha256").update(bytes).digest("hex") };
}
