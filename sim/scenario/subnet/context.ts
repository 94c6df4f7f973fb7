import { isAbsolute, join } from "node:path";
import { formatPath, scenarioError } from "../error.ts";
import { readInputFile } from "../source/read-file.ts";
import { closest, type Tree } from "../source/tree.ts";
import type { ScenarioInput } from "../types.ts";
import { Unfit } from "../units.ts";

/** A data file larger than this is no table of one subnet. */
const LARGEST_FILE = 512 * 1024 * 1024;

/** A file that the scenario names. */
export interface NamedFile {
  /** As the scenario writes it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What came of parts of a scenario that no seed decides, by the part. */
export type Seedless = WeakMap<object, object>;

/** What the parts of a subnet need while they are put together: the seed, the files, and a way to point at a line. */
export class SubnetContext {
  readonly seed: string;
  private readonly tree: Tree;
  private readonly base: readonly PropertyKey[];
  private readonly inputs: Map<string, ScenarioInput>;
  private readonly seedless: Seedless;

  /**
   * @param base path of the subnet in `tree`
   * @param inputs collects the files that are read
   * @param seedless what was worked out before for the same scenario with another seed
   */
  constructor(
    seed: string,
    tree: Tree,
    base: readonly PropertyKey[],
    inputs: Map<string, ScenarioInput>,
    seedless: Seedless = new WeakMap(),
  ) {
    this.seed = seed;
    this.seedless = seedless;
    this.tree = tree;
    this.base = base;
    this.inputs = inputs;
  }

  /** The error about the value at `path` below the subnet. */
  error(path: readonly PropertyKey[], message: string): Error {
    const whole = [...this.base, ...path];
    return scenarioError(closest(this.tree, whole).place, formatPath(whole), message);
  }

  /** Runs `work`; what does not fit becomes an error about the value at `path`. */
  at<T>(path: readonly PropertyKey[], work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (error instanceof Unfit) throw this.error(path, error.message);
      throw error;
    }
  }

  /** The result of `work`, which depends on a part of the scenario and on no seed: worked out once, never changed. */
  once<T extends object>(part: object, work: () => T): T {
    const known = this.seedless.get(part) as T | undefined;
    if (known !== undefined) return known;
    const result = work();
    this.seedless.set(part, result);
    return result;
  }

  /** Reads the file that the value at `path` names, relative to where that value is written. */
  readFile(name: string, path: readonly PropertyKey[]): NamedFile {
    const whole = [...this.base, ...path];
    const written = closest(this.tree, whole);
    const location = isAbsolute(name) ? name : join(written.source.directory, name);
    const { bytes, sha256 } = readInputFile(location, written.place, formatPath(whole), LARGEST_FILE, "");
    this.inputs.set(name, { path: name, sha256 });
    return { name, bytes };
  }
}
