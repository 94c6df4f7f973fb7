// `npm run build`: the WASM kernel, then everything else to dist/, and what worker threads run in few files.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildKernel } from "./build-wasm.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
await buildKernel();
execFileSync(
  process.execPath,
  [join(root, "node_modules", "typescript", "bin", "tsc"), "-p", "tsconfig.build.json"],
  {
    cwd: root,
    stdio: "inherit",
  },
);
// What the report's page is made of besides code.
cpSync(join(root, "reports", "render", "assets"), join(root, "dist", "reports", "render", "assets"), {
  recursive: true,
});
execFileSync(process.execPath, [join(root, "scripts", "bundle-workers.mjs"), join(root, "dist")], {
  stdio: "inherit",
});
const command = join(root, "dist", "sim", "cli", "main.js");
if (existsSync(command)) chmodSync(command, 0o755);
