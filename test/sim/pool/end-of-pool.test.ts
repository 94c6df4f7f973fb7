import { execFile } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuiltCommand, buildCommand } from "../cli/built-command.ts";

let command: BuiltCommand;
beforeAll(async () => {
  command = await buildCommand();
});
afterAll(() => command.remove());

// In a process of its own: what goes wrong here ends the whole process.
test("a pool can be closed at any time while its threads start", async () => {
  const pool = pathToFileURL(join(command.folder, "dist/sim/pool/epoch-pool.js")).href;
  const program = `const { EpochPool } = await import("${pool}");
for (let wait = 0; wait < 200; wait += 10) {
  const pool = new EpochPool(3);
  await new Promise((resolve) => setTimeout(resolve, wait));
  await pool.close();
}
console.log("closed");`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program]);
  expect(stdout).toBe("closed\n");
}, 60_000);
