import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { scriptForHtml } from "./escape.ts";

const require = createRequire(import.meta.url);

/**
 * The scripts of a page in the order in which they run: Vega, its interpreter, and the page's own.
 * @param draws whether the page has charts that Vega draws
 */
export function pageScripts(draws = true): string[] {
  if (!draws) return [scriptForHtml(readAsset("page.js"))];
  const vega = readFileSync(join(packageFolder("vega"), "build", "vega.min.js"), "utf8");
  const interpreter = readFileSync(
    join(packageFolder("vega-interpreter"), "build", "vega-interpreter.js"),
    "utf8",
  );
  const page = readAsset("page.js");
  return [vega, interpreterForPage(interpreter), page].map(scriptForHtml);
}

/** A file of the folder `assets`. */
export function readAsset(name: string): string {
  return readFileSync(new URL(`./assets/${name}`, import.meta.url), "utf8");
}

/**
 * Vega's interpreter evaluates expressions without building functions from text, so that a page needs no `unsafe-eval`.
 * It comes as a module; as an inline script it takes what it imports from Vega's own global.
 *
 * @throws Error when the package's file does not look as it is expected to.
 */
export function interpreterForPage(module: string): string {
  const imports = /^import (\{[^}]*\}) from 'vega-util';$/m;
  const exports = /^export \{ expression as expressionInterpreter \};$/m;
  if (!imports.test(module) || !exports.test(module)) {
    throw new Error("vega-interpreter: the module does not have the import and the export that are expected");
  }
  const body = module
    .replace(imports, "const $1 = vega;")
    .replace(exports, "globalThis.vegaExpressionInterpreter = expression;")
    .replace(/^\/\/# sourceMappingURL=.*$/m, "");
  return `(() => {\n"use strict";\n${body}\n})();`;
}

function packageFolder(name: string): string {
  // vega hides its package.json and its browser build; its entry point is in the same folder as the build.
  const entry = require.resolve(name);
  return dirname(dirname(entry));
}
