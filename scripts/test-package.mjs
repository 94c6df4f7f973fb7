// Installs the packed package into an empty folder, as a user would, and uses it there: the command, the functions
// and their types. Needs the registry (for the dependencies). `node scripts/test-package.mjs`
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "yumasim-package-"));
const project = join(work, "project");
mkdirSync(project);

/** Runs a program and returns what it printed; its complaints go to ours. */
function run(program, args, cwd, input) {
  return execFileSync(program, args, { cwd, input, encoding: "utf8", stdio: ["pipe", "pipe", "inherit"] });
}

try {
  run("npm", ["pack", "--pack-destination", work], root);
  const tarball = readdirSync(work).find((name) => name.endsWith(".tgz"));
  run("npm", ["install", "--no-fund", "--no-audit", join(work, tarball)], project);

  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  assert.equal(run("npx", ["--no-install", "yumasim", "--version"], project), `${version}\n`);

  run("npx", ["--no-install", "yumasim", "init", "mine.yaml"], project);
  run("npx", ["--no-install", "yumasim", "validate", "mine.yaml"], project);
  const summary = JSON.parse(run("npx", ["--no-install", "yumasim", "run", "mine.yaml", "--json"], project));
  assert.equal(summary.completed, true);
  assert.ok(existsSync(join(project, summary.report)), "the run wrote its report");

  const scenario = join("node_modules", "yumasim", "scenarios", "economy", "subnet-15.yaml");
  run("npx", ["--no-install", "yumasim", "run", scenario, "--out", "subnet-15"], project);

  const vectors = join(root, "test", "golden", "epoch-edge2.jsonl.gz");
  run("npx", ["--no-install", "yumasim", "eval", "epoch", "--check", vectors], project);

  writeFileSync(
    join(project, "program.ts"),
    `import { loadScenario, openTrace, runScenario } from "yumasim";
const { manifest } = await runScenario(loadScenario("mine.yaml", { seed: "7" }), { outDir: "seven" });
const trace = await openTrace("seven");
const neurons = await trace.read("neurons", ["uid"]);
const rows: number | undefined = manifest.tables["neurons"]?.rows;
if (neurons.rows !== rows) throw new Error("the table and its manifest disagree");
`,
  );
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const options = ["--module", "nodenext", "--target", "es2022", "--strict", "--skipLibCheck", "--types", ""];
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({ ...JSON.parse(readFileSync(join(project, "package.json"), "utf8")), type: "module" }),
  );
  // The tutorial as a reader puts it together; that it runs and prints what it says is a test of the sources.
  const tutorial = readFileSync(join(root, "docs", "tutorial.md"), "utf8");
  const blocks = [...tutorial.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code]) => code);
  const prelude = 'const print = console.log;\nconst folder = "runs";\n';
  writeFileSync(join(project, "tutorial.ts"), prelude + blocks.join("\n"));
  run(process.execPath, [compiler, ...options, "program.ts", "tutorial.ts"], project);
  run(process.execPath, ["program.js"], project);
  console.log(`package test: ${tarball} works in an empty folder`);
} finally {
  rmSync(work, { recursive: true });
}
