import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadScenario, type ResolvedScenario } from "../../../sim/scenario/index.ts";

/** Writes files into a fresh directory. @returns the directory */
export function writeFiles(files: Readonly<Record<string, string | Uint8Array>>): string {
  const directory = mkdtempSync(join(tmpdir(), "yumasim-scenario-"));
  for (const [name, contents] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), contents);
  }
  return directory;
}

/** Loads a scenario given as text, with files beside it. */
export function loadText(
  text: string,
  options: {
    files?: Readonly<Record<string, string | Uint8Array>>;
    set?: readonly string[];
    seed?: string;
  } = {},
): ResolvedScenario {
  const { files = {}, ...rest } = options;
  return loadScenario(join(writeFiles({ ...files, "s.yaml": text }), "s.yaml"), rest);
}

/** A scenario around one subnet; `subnet` is indented by four spaces. */
export function scenarioText(subnet: string, more = ""): string {
  return `title: Test
protocol: subtensor-425
epochs: 10
subnets:
  - netuid: 1
    emission: 100 alpha
${subnet}
${more}`;
}

/** Two validators and two miners. */
export const NEURONS = `    neurons:
      - name: validator
        alpha_stake: [600 alpha, 400 alpha]
      - name: miner
        count: 2`;
