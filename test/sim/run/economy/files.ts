import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SCENARIOS = fileURLToPath(new URL("../../../../scenarios/economy/", import.meta.url));

/** The economies of the library that take days, by the names of their files. */
export const LIBRARY = readdirSync(SCENARIOS)
  .filter((name) => {
    const text = readFileSync(join(SCENARIOS, name), "utf8");
    return /^(network|extends):/m.test(text) && !/^horizon: \d+ blocks$/m.test(text);
  })
  .sort((a, b) => (a < b ? -1 : 1));

export const libraryPath = (name: string): string => join(SCENARIOS, name);

export const freshDirectory = (): string => mkdtempSync(join(tmpdir(), "yumasim-economy-"));

/** Digest of every file of a run that does not speak of the machine. */
export function digests(directory: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(directory)
      // The report shows the environment, too.
      .filter((name) => name !== "environment.json" && name !== "report.html")
      .sort((a, b) => (a < b ? -1 : 1))
      .map((name) => [
        name,
        createHash("sha256")
          .update(readFileSync(join(directory, name)))
          .digest("hex"),
      ]),
  );
}
