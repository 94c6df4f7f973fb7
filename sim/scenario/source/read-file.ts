import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { scenarioError } from "../error.ts";

/** A file's bytes and their digest. */
export interface FileContents {
  readonly bytes: Uint8Array;
  /** sha256, lower-case hexadecimal. */
  readonly sha256: string;
}

/**
 * Reads a whole file.
 * @param path where it lies
 * @param place who asks for it, for the error
 * @param member path of the value in the scenario that names it
 * @param limit most bytes that are read; a larger file is refused before it is opened
 * @param hint what to do with a larger one
 */
export function readInputFile(
  path: string,
  place: string,
  member: string,
  limit: number,
  hint: string,
): FileContents {
  let size: number;
  try {
    const status = statSync(path);
    if (status.isDirectory()) throw scenarioError(place, member, `${path} is a directory; name a file`);
    size = status.size;
  } catch (error) {
    throw fileError(error, path, place, member);
  }
  if (size > limit)
    throw scenarioError(place, member, `${path} has ${size} bytes; at most ${limit} are read${hint}`);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw fileError(error, path, place, member);
  }
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}

function fileError(error: unknown, path: string, place: string, member: string): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  if (error.code === "ENOENT" || error.code === "ENOTDIR")
    return scenarioError(place, member, `there is no file ${path}`);
  if (error.code === "EACCES") return scenarioError(place, member, `no permission to read ${path}`);
  return scenarioError(place, member, `${path} cannot be read (${String(error.code)})`);
}

/** UTF-8 text without a byte order mark; undefined if the bytes are no UTF-8. */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
