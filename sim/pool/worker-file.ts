import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * The file that a worker thread loads: the compiled neighbour of `here`. Node runs no TypeScript, so where the sources
 * themselves run (in tests) it is the one in dist/, which `npm run build` makes.
 * @param here import.meta.url of the caller
 * @param path the worker, relative to the caller, ending in .js
 * @throws {Error} if it was not built
 */
export function workerFile(here: string, path: string): string {
  const compiled = new URL(path, here);
  const root = new URL("../../", import.meta.url);
  const file = here.endsWith(".ts")
    ? fileURLToPath(new URL(compiled.href.replace(root.href, `${root.href}dist/`)))
    : fileURLToPath(compiled);
  if (!existsSync(file)) throw new Error(`${file} is missing; run \`npm run build\``);
  return file;
}
