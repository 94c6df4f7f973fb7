// Runs the attacks of the library and writes their results and docs/attacks.md. Run `npm run build` first.
//
//   node scripts/attacks.mjs                      all attacks
//   node scripts/attacks.mjs weight-copying ...   these
//   node scripts/attacks.mjs --check              all, or those named; compares with what is committed and writes nothing
//   node scripts/attacks.mjs --docs               only the document, from the committed results
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import * as prettier from "prettier";
import { attacksDocument } from "../dist/reports/documents/attacks.js";
import { experimentJson, loadExperiment, runExperiment } from "../dist/sim/experiment/index.js";
import { libraryOf } from "../dist/sim/scenario/index.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const results = `${root}scenarios/attacks/results`;
const {
  values: { check = false, docs = false },
  positionals: wanted,
} = parseArgs({ options: { check: { type: "boolean" }, docs: { type: "boolean" } }, allowPositionals: true });
const attacks = libraryOf("attacks")
  .map(({ name, file }) => ({ name: name.slice("attacks/".length), file }))
  .filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const unknown = wanted.filter((name) => !attacks.some((attack) => attack.name === name));
if (unknown.length > 0) throw new Error(`no such attack: ${unknown.join(", ")}`);

let failed = false;
const started = performance.now();
mkdirSync(results, { recursive: true });
if (!docs)
  for (const { name, file } of attacks) {
    const from = performance.now();
    const { result } = await runExperiment(loadExperiment(file), { workers: availableParallelism() });
    const path = `${results}/${name}.json`;
    const text = experimentJson(result);
    const same = existsSync(path) && readFileSync(path, "utf8") === text;
    if (!check) writeFileSync(path, text);
    const notes = [
      `${((performance.now() - from) / 1000).toFixed(1)} s`,
      ...(result.passed ? [] : ["NOT AS EXPECTED"]),
      ...(check && !same ? [`DIFFERS from ${path}`] : []),
    ];
    console.log(`${name}: ${notes.join(", ")}`);
    if (!result.passed || (check && !same)) failed = true;
  }
console.log(`${((performance.now() - started) / 1000).toFixed(0)} s`);

if (!check) {
  const known = new Set(libraryOf("attacks").map(({ name }) => `${name.slice("attacks/".length)}.json`));
  for (const file of readdirSync(results)) if (!known.has(file)) rmSync(`${results}/${file}`);
  const stored = readdirSync(results).map((file) => JSON.parse(readFileSync(`${results}/${file}`, "utf8")));
  const options = JSON.parse(readFileSync(`${root}.prettierrc.json`, "utf8"));
  rmSync(`${root}docs/images/attacks`, { recursive: true, force: true });
  mkdirSync(`${root}docs/images/attacks`, { recursive: true });
  for (const { path, text } of await attacksDocument(stored))
    writeFileSync(
      `${root}docs/${path}`,
      path.endsWith(".md") ? await prettier.format(text, { ...options, parser: "markdown" }) : text,
    );
}
process.exitCode = failed ? 1 : 0;
