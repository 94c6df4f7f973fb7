import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, readFile, rename, rm } from "node:fs/promises";
import { RecordBatchFileWriter, RecordBatchReader } from "apache-arrow";
import type { TableDigest } from "./manifest.ts";
import { ByteSink } from "./table-writer.ts";

/**
 * Turns a finished stream (`.arrows`) into an Arrow file (`.arrow`), batch by batch, under a temporary name that is
 * renamed at the end; the stream is removed only after that.
 */
export async function finaliseTable(streamPath: string, filePath: string): Promise<TableDigest> {
  const temporary = `${filePath}.tmp`;
  const hash = createHash("sha256");
  const file = await open(temporary, "w");
  const sink = new ByteSink();
  const drain = async (): Promise<void> => {
    const chunks = sink.take();
    for (const chunk of chunks) hash.update(chunk);
    await file.writev(chunks);
  };
  let rows = 0;
  let batches = 0;
  try {
    const reader = await RecordBatchReader.from(createReadStream(streamPath));
    await reader.open();
    const writer = new RecordBatchFileWriter();
    writer.reset(sink, reader.schema);
    for await (const batch of reader) {
      writer.write(batch);
      rows += batch.numRows;
      batches++;
      await drain();
    }
    writer.close();
    await drain();
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, filePath);
  await rm(streamPath);
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
