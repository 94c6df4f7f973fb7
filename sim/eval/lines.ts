import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { InputError } from "../errors.ts";

/** One line of input. */
export interface InputLine {
  /** The file, or `-` for standard input. */
  readonly source: string;
  /** From 1, within the source. */
  readonly number: number;
  /** The line without its end; null when it is longer than any text can be. */
  readonly text: string | null;
}

/** JavaScript strings end at 2^29 - 24 characters; a longer line is answered, not held. */
const LONGEST_LINE_BYTES = 500_000_000;
const NEWLINE = 0x0a;
const GZIP_MAGIC = [0x1f, 0x8b] as const;

/** Every file is there and can hold lines. @throws InputError for the first that cannot */
export async function checkSources(sources: readonly string[]): Promise<void> {
  for (const source of sources) {
    if (source === "-") continue;
    const found = await stat(source).catch((error: NodeJS.ErrnoException) => {
      throw new InputError(`${source}: ${error.code === "ENOENT" ? "no such file" : error.message}`);
    });
    if (found.isDirectory()) throw new InputError(`${source}: a directory; give files of JSON Lines`);
  }
}

/**
 * The lines of several sources, one after the other, plain or gzip (told by the first bytes), in bounded memory.
 * @param sources paths; `-` is `stdin`
 * @throws InputError when a source cannot be read to its end
 */
export async function* readLines(
  sources: readonly string[],
  stdin: AsyncIterable<Uint8Array>,
): AsyncGenerator<InputLine> {
  for (const source of sources) {
    const bytes = source === "-" ? stdin : (createReadStream(source) as AsyncIterable<Uint8Array>);
    try {
      yield* splitLines(source, unzipped(bytes));
    } catch (error) {
      if (!(error instanceof Error && "code" in error)) throw error;
      throw new InputError(`${source}: cannot be read to its end: ${error.message}`);
    }
  }
}

/** Passes plain bytes through and unpacks gzip. */
async function* unzipped(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]();
  // The first two bytes decide, and a pipe can deliver them one by one.
  let head: Uint8Array = new Uint8Array(0);
  let next = await iterator.next();
  while (next.done !== true && head.length < GZIP_MAGIC.length) {
    head = Buffer.concat([head, next.value]);
    next = await iterator.next();
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    if (head.length > 0) yield head;
    for (; next.done !== true; next = await iterator.next()) yield next.value;
  }
  if (head[0] !== GZIP_MAGIC[0] || head[1] !== GZIP_MAGIC[1]) yield* whole();
  else yield* gunzip(whole());
}

/** Unpacks with back-pressure; a broken or cut-off archive is an error after what could be unpacked. */
function gunzip(packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const gunzipper = createGunzip();
  pipeline(Readable.from(packed, { objectMode: false }), gunzipper, (error) => {
    if (error) gunzipper.destroy(error);
  });
  return gunzipper as AsyncIterable<Uint8Array>;
}

async function* splitLines(source: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<InputLine> {
  const decoder = new TextDecoder("utf-8");
  let pieces: Uint8Array[] = [];
  let length = 0;
  let number = 0;
  const take = (): InputLine => {
    number++;
    const text = length > LONGEST_LINE_BYTES ? null : decoder.decode(Buffer.concat(pieces));
    pieces = [];
    length = 0;
    return { source, number, text };
  };
  const keep = (piece: Uint8Array): void => {
    length += piece.length;
    if (length > LONGEST_LINE_BYTES) pieces = [];
    else pieces.push(piece);
  };
  for await (const chunk of bytes) {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(NEWLINE, start);
      if (end < 0) break;
      keep(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    if (start < chunk.length) keep(chunk.subarray(start));
  }
  if (length > 0) yield take();
}
