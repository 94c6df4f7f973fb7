/** How the modules of a scenario's own strategies are found and read: `yumasim` is this package, and TypeScript loses its types. */
import { readFile } from "node:fs/promises";
import type { InitializeHook, LoadHook, ResolveHook } from "node:module";
import { fileURLToPath } from "node:url";
import { transformSync } from "@swc/wasm-typescript";

let packageUrl = "";

export const initialize: InitializeHook<string> = (url) => {
  packageUrl = url;
};

export const resolve: ResolveHook = (specifier, context, next) =>
  specifier === "yumasim" ? { url: packageUrl, shortCircuit: true } : next(specifier, context);

export const load: LoadHook = async (url, context, next) => {
  if (!/^file:.*\.m?ts$/.test(url)) return next(url, context);
  const source = stripTypes(await readFile(fileURLToPath(url), "utf8"));
  return { format: "module", source, shortCircuit: true };
};

/** What the compiler throws is no Error. */
interface SyntaxFault {
  readonly message: string;
  readonly startLine: number;
  readonly startColumn: number;
}

function stripTypes(text: string): string {
  try {
    return transformSync(text, { mode: "strip-only", module: true }).code;
  } catch (error) {
    const { message, startLine, startColumn } = error as SyntaxFault;
    throw new SyntaxError(`line ${startLine}, column ${startColumn + 1}: ${message}`, { cause: error });
  }
}
