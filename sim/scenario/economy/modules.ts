/** The strategy modules that a scenario names: the files that decide what its agents do. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { isAbsolute, join, posix, resolve } from "node:path";
import { child, type Tree } from "../source/tree.ts";
import { SubnetContext } from "../subnet/context.ts";
import type { ScenarioInput } from "../types.ts";
import type { ModuleFile, StrategyModule } from "./types.ts";

/** The strategy modules of a scenario, with digests of them and of what they import. */
export function modulesOf(tree: Tree): StrategyModule[] {
  const list = child(tree, "strategies");
  if (list?.kind !== "list") return [];
  const context = new SubnetContext("", tree, [], new Map());
  return list.items.flatMap((item, at) => {
    if (item.kind !== "scalar" || typeof item.value !== "string") return [];
    const path = item.value;
    const file = resolve(item.source.directory, path);
    const { bytes } = context.readFile(path, ["strategies", at]);
    const imports = new Map<string, ModuleFile>();
    follow(path, file, bytes, imports);
    imports.delete(file);
    return [{ path, file, sha256: digestOf(bytes), imports: [...imports.values()] }];
  });
}

/** The same as inputs of a run: the files by which a module was written, each once. */
export function moduleInputs(modules: readonly StrategyModule[]): ScenarioInput[] {
  const inputs = new Map<string, ScenarioInput>();
  for (const { path, sha256, imports } of modules)
    for (const one of [{ path, sha256 }, ...imports])
      inputs.set(one.path, { path: one.path, sha256: one.sha256 });
  return [...inputs.values()];
}

const digestOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** `from "./x.mjs"`, `import "./x.mjs"`, `import("./x.mjs")`: what a module says in so many words. */
const RELATIVE_IMPORT = /\b(?:from|import)\s*\(?\s*(["'])(\.{1,2}\/[^"'\n]+)\1/g;

/** Adds the files that a module imports by a relative path, and what those import. One that is missing is Node's to tell. */
function follow(path: string, file: string, bytes: Uint8Array, found: Map<string, ModuleFile>): void {
  found.set(file, { path, file, sha256: digestOf(bytes) });
  for (const [, , name = ""] of new TextDecoder().decode(bytes).matchAll(RELATIVE_IMPORT)) {
    const imported = resolve(join(file, ".."), name);
    if (found.has(imported)) continue;
    const written = isAbsolute(path) ? imported : posix.join(posix.dirname(path), name);
    const contents = readIfThere(imported);
    if (contents !== null) follow(written, imported, contents, found);
  }
}

function readIfThere(file: string): Uint8Array | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
