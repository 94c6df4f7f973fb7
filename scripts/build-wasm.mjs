// Compiles kernels/exact/assembly to WASM and embeds the bytes in a TypeScript module, so that the kernel loads
// without touching a file system. The build is reproducible: its sha256 is committed beside the sources.
// `node scripts/build-wasm.mjs --update` writes a new sha256 after a deliberate change.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const kernel = join(root, "kernels", "exact");
const generated = join(kernel, "wasm.generated.ts");
const digestFile = join(kernel, "exact.wasm.sha256");

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** The digest of everything that decides the bytes: the sources, this script and the compiler's version. */
function inputsDigest() {
  const assembly = join(kernel, "assembly");
  const files = readdirSync(assembly, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .sort((a, b) => (a < b ? -1 : 1));
  const hash = createHash("sha256");
  for (const name of files)
    hash
      .update(name)
      .update("\0")
      .update(readFileSync(join(assembly, name)))
      .update("\0");
  hash.update(readFileSync(fileURLToPath(import.meta.url)));
  hash.update(readFileSync(join(root, "node_modules", "assemblyscript", "package.json")));
  return hash.digest("hex");
}

/** Compiles the kernel. @returns {Promise<Uint8Array>} the WASM binary */
export async function compileKernel() {
  const { default: asc } = await import("assemblyscript/asc");
  let binary;
  let messages = "";
  const { error } = await asc.main(
    [
      join("kernels", "exact", "assembly", "index.ts"),
      "--outFile",
      "exact.wasm",
      "--optimizeLevel",
      "3",
      "--shrinkLevel",
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
        if (name.endsWith(".wasm")) binary = contents;
      },
      listFiles: () => [],
      stderr: { write: (text) => (messages += text) },
    },
  );
  if (error || !binary) throw new Error(`the exact kernel does not compile:\n${messages}${error ?? ""}`);
  return binary;
}

/** Compiles the kernel unless wasm.generated.ts already stands for the same sources. */
export async function buildKernel({ update = false } = {}) {
  process.chdir(root);
  const marker = `// inputs ${inputsDigest()}`;
  if (!update && existsSync(generated) && readFileSync(generated, "utf8").startsWith(marker)) return;
  const binary = await compileKernel();
  const digest = sha256(binary);
  const committed = existsSync(digestFile) ? readFileSync(digestFile, "utf8").trim() : "";
  if (update) writeFileSync(digestFile, `${digest}\n`);
  else if (digest !== committed)
    console.warn(
      `exact kernel: sha256 ${digest} differs from the committed one; run: node scripts/build-wasm.mjs --update`,
    );
  const base64 = Buffer.from(binary).toString("base64");
  writeFileSync(
    generated,
    `${marker}\n/** The exact kernel's WASM, base64; made by scripts/build-wasm.mjs. */\nexport const WASM_BASE64 =\n  "${base64}";\n/** sha256 of the binary. */\nexport const WASM_SHA256 = "${digest}";\n`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await buildKernel({ update: process.argv.includes("--update") });
