import { writevSync } from "node:fs";

/**
 * Writes chunks to a place in a file, all of them. Without a detour through the thread pool: where tables are small it takes
 * longer than the disk, and there is nothing else that the thread could do.
 * @param file descriptor
 * @returns the place where they end
 */
export function writeAll(file: number, chunks: readonly Uint8Array[], position: number): number {
  let rest = chunks.filter(({ byteLength }) => byteLength > 0);
  while (rest.length > 0) {
    // A disk that is almost full takes a part, and says so the next time.
    let written = writevSync(file, rest, position);
    position += written;
    const whole = rest.findIndex(({ byteLength }) => (written -= byteLength) < 0);
    rest = whole < 0 ? [] : [rest[whole]!.subarray(written), ...rest.slice(whole + 1)];
  }
  return position;
}
