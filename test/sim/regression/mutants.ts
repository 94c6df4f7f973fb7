import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Mutation } from "./mutations.ts";

const ROOT = join(import.meta.dirname, "../../..");
const ASSEMBLY = "kernels/exact/assembly";

/**
 * The compiler. It is loaded by a name that the type checker does not follow, because its own types redeclare Array for
 * the whole program.
 */
interface Compiler {
  main(
    options: readonly string[],
    host: {
      readFile(name: string, base: string): string | null;
      writeFile(name: string, contents: string | Uint8Array): void;
      listFiles(): string[];
    },
  ): Promise<{ readonly error: unknown }>;
}
const COMPILER: string = "assemblyscript/asc";

/** The exact kernel with one change. */
export interface MutantKernels {
  /** Compiles a mutant. @returns the module that takes the place of dist/kernels/exact/wasm.generated.js */
  compile(mutation: Mutation): Promise<string>;
  remove(): void;
}

/** Sources of the kernel in a folder of their own, where they can be changed. */
export function openMutants(): MutantKernels {
  const folder = mkdtempSync(join(tmpdir(), "yumasim-mutants-"));
  cpSync(join(ROOT, ASSEMBLY), join(folder, ASSEMBLY), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  return {
    compile: async ({ file, find, replace }) => {
      const path = join(folder, ASSEMBLY, file);
      const source = readFileSync(path, "utf8");
      const parts = source.split(find);
      if (parts.length !== 2) throw new Error(`${file} holds ${parts.length - 1} times: ${find}`);
      writeFileSync(path, parts.join(replace));
      try {
        return moduleOf(await compileKernel(folder));
      } finally {
        writeFileSync(path, source);
      }
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** As scripts/build-wasm.mjs does it, without the optimisations, which take longer than the run that follows. */
async function compileKernel(folder: string): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  const compiler = (await import(COMPILER)) as Compiler;
  const { error } = await compiler.main(
    [
      join(ASSEMBLY, "index.ts"),
      "--baseDir",
      folder,
      "--outFile",
      "exact.wasm",
      "--optimizeLevel",
      "0",
      "--noAssert",
      "--runtime",
      "minimal",
      "--enable",
      "simd",
    ],
    {
      readFile: (name, base) => {
        const path = join(base, name);
        return existsSync(path) ? readFileSync(path, "utf8") : null;
      },
      writeFile: (name, contents) => {
        if (name.endsWith(".wasm")) binary = contents as Uint8Array;
      },
      listFiles: () => [],
    },
  );
  if (error || !binary) throw new Error(`the mutant does not compile:\n${String(error)}`);
  return binary;
}

function moduleOf(binary: Uint8Array): string {
  const base64 = Buffer.from(binary).toString("base64");
  return `export const WASM_BASE64 = "${base64}";\nexport const WASM_SHA256 = "mutant";\n`;
}
