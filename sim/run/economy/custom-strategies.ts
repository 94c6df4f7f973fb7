/** Strategies of the scenario's own: modules that are loaded only when the user allows it. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { register } from "node:module";
import { isAbsolute, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ROLES, StrategyRegistry, type Strategy } from "../../agents/index.ts";
import { InputError } from "../../errors.ts";
import {
  strategyModules,
  type LoadOptions,
  type ModuleFile,
  type StrategyModule,
} from "../../scenario/index.ts";
import { readCheckpoint } from "./checkpoint-file.ts";

/** The registry for a scenario file: the built-in strategies and those of the modules that it names. */
export async function strategiesOf(
  path: string,
  options: LoadOptions,
  allowCode: boolean,
): Promise<StrategyRegistry> {
  return loadModules(strategyModules(path, options), allowCode);
}

/** The same for a run that was stopped. @throws InputError when a module has changed since */
export async function savedStrategies(directory: string, allowCode: boolean): Promise<StrategyRegistry> {
  const { scenario } = await readCheckpoint(directory);
  return loadModules(scenario.modules, allowCode);
}

async function loadModules(
  modules: readonly StrategyModule[],
  allowCode: boolean,
): Promise<StrategyRegistry> {
  if (modules.length === 0) return new StrategyRegistry();
  if (!allowCode)
    throw new InputError(
      `${modules[0]!.path}: the scenario brings strategies of its own, code that can do anything that you can; read it, then allow it with --allow-code`,
    );
  const strategies: Strategy[] = [];
  for (const module of modules) strategies.push(...(await loadModule(module)));
  const known = new StrategyRegistry();
  for (const { role, name } of strategies)
    if (known.find(role, name) !== undefined)
      throw new InputError(
        `strategy ${name} of a ${role}: there is a built-in one of that name; choose another`,
      );
  return new StrategyRegistry(strategies);
}

async function loadModule({ path, file, sha256, imports }: StrategyModule): Promise<Strategy[]> {
  const location = isAbsolute(file) ? file : resolve(join(process.cwd(), file));
  for (const one of [{ path, file: location, sha256 }, ...imports]) await readUnchanged(one);
  let exported: Readonly<Record<string, unknown>>;
  try {
    exported = (await import(pathToFileURL(location).href)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw new InputError(
      `${path}: cannot be loaded: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
  const strategies = Object.values(exported).filter(isStrategy);
  if (strategies.length === 0)
    throw new InputError(
      `${path}: exports no strategy; one has name, role (${ROLES.join(", ")}), summary, parameters, hotkeys, begin and wake`,
    );
  return strategies;
}

/** Reads a file of a module. @throws InputError when it is not what it was when the run began */
async function readUnchanged({ path, file, sha256 }: ModuleFile): Promise<void> {
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) throw new InputError(`${path}: there is no file ${file}`);
  if (createHash("sha256").update(bytes).digest("hex") !== sha256)
    throw new InputError(`${path}: has changed since the run began; run the scenario again with --force`);
  if (/\.m?ts$/.test(file) || bytes.includes('"yumasim"') || bytes.includes("'yumasim'")) useHooks();
}

let hooked = false;

/** What Node alone cannot load: TypeScript, and this package under its own name from anywhere. */
function useHooks(): void {
  if (hooked) return;
  hooked = true;
  const data = new URL("../../../index.js", import.meta.url).href;
  register("./module-hooks.js", { parentURL: import.meta.url, data });
}

function isStrategy(value: unknown): value is Strategy {
  if (typeof value !== "object" || value === null) return false;
  const candidate = value as Partial<Strategy>;
  return (
    typeof candidate.name === "string" &&
    ROLES.some((role) => role === candidate.role) &&
    typeof candidate.parameters === "object" &&
    typeof candidate.hotkeys === "function" &&
    typeof candidate.begin === "function" &&
    typeof candidate.wake === "function"
  );
}
