/** A checkpoint: plain data with everything that a run needs to go on, as bytes that say whether they are whole. */
import { createHash } from "node:crypto";
import { Deserializer, Serializer } from "node:v8";

const MAGIC = "yumasim checkpoint 1\n";
const DIGEST_BYTES = 32;

/**
 * Plain data as bytes: objects, arrays, maps, sets, bigints, typed arrays. Parts that are shared stay shared, the buffer
 * under several typed arrays too.
 */
export function encodeState(state: unknown): Uint8Array {
  // The serializer of v8.serialize would copy every typed array by itself and so tear shared buffers apart.
  const serializer = new Serializer();
  serializer.writeHeader();
  serializer.writeValue(state);
  return serializer.releaseBuffer();
}

/** What `encodeState` was given. */
export function decodeState(bytes: Uint8Array): unknown {
  const deserializer = new Deserializer(bytes);
  deserializer.readHeader();
  return deserializer.readValue() as unknown;
}

const digest = (body: Uint8Array): Buffer => createHash("sha256").update(body).digest();

/** The content of a checkpoint file. */
export function encodeCheckpoint(state: unknown): Uint8Array {
  const body = encodeState(state);
  return Buffer.concat([Buffer.from(MAGIC), digest(body), body]);
}

/** The state in a checkpoint file; undefined when the bytes are none or damaged. */
export function decodeCheckpoint(bytes: Uint8Array): unknown {
  const start = MAGIC.length + DIGEST_BYTES;
  if (bytes.length <= start || Buffer.from(bytes.subarray(0, MAGIC.length)).toString() !== MAGIC)
    return undefined;
  const body = bytes.subarray(start);
  if (digest(body).compare(bytes.subarray(MAGIC.length, start)) !== 0) return undefined;
  return decodeState(body);
}
