import { type RecordBatch, Table, tableToIPC } from "apache-arrow";
import type * as parquet from "parquet-wasm";
import { InputError } from "../../errors.ts";

type ParquetLibrary = typeof parquet;

/** Rows of a row group: what readers in several threads share out, and all that the writer holds. */
const ROW_GROUP = 131_072;

/** The library that writes Parquet. @throws InputError when the optional package is not installed */
export async function parquetLibrary(): Promise<ParquetLibrary> {
  return await import("parquet-wasm").catch((cause: unknown) => {
    throw new InputError(
      "Parquet needs the optional package parquet-wasm, which is not installed here: npm install parquet-wasm@0.8.0, or take --csv",
      { cause },
    );
  });
}

/**
 * Batches as the bytes of a Parquet file, piece by piece: Zstandard, types, dictionaries and units as in the Arrow table, the
 * same bytes every time.
 *
 * @param batches at least one, which has the schema.
 */
export async function* parquetBytes(
  library: ParquetLibrary,
  batches: AsyncIterable<RecordBatch>,
): AsyncGenerator<Uint8Array> {
  const iterator = inLibrary(library, batches);
  const source = new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
  });
  const properties = new library.WriterPropertiesBuilder()
    .setCompression(library.Compression.ZSTD)
    .setMaxRowGroupSize(ROW_GROUP)
    .build();
  yield* (await library.transformParquetStream(source, properties)) as AsyncIterable<Uint8Array>;
}

/** The library has a memory of its own: every batch is copied there as a stream of one. */
async function* inLibrary(library: ParquetLibrary, batches: AsyncIterable<RecordBatch>) {
  for await (const batch of batches) {
    const table = library.Table.fromIPCStream(tableToIPC(new Table([batch]), "stream"));
    yield* table.recordBatches();
    table.free();
  }
}
