import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * The file that a worker thread loads: its module and those that it imports in one or a few files of dist/workers/, which
 * `npm run build` makes, since a thread loads all of them anew. Node runs no TypeScript: where the sources themselves run
 * (in tests) it is the same file.
 * @param module the worker's module below sim/, without its ending: `sweep/cell-worker`
 * @throws {Error} if it was not built
 */
export function workerFile(module: string): string {
  const root = new URL(import.meta.url.endsWith(".ts") ? "../../dist/" : "../../", import.meta.url);
  const file = fileURLToPath(new URL(`workers/${module}/worker.js`, root));
  if (!existsSync(file)) throw new Error(`${file} is missing; run \`npm run build\``);
  return file;
}
