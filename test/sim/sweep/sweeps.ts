import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** A small scenario with a sweep. @param sweep YAML below `sweep:`, indented by two */
export function sweepScenario(sweep: string): string {
  return `title: A small sweep
protocol: subtensor-425
epochs: 6
subnets:
  - netuid: 1
    emission: 100 alpha
    neurons:
      - name: large
        alpha_stake: { distribution: uniform, min: 500 alpha, max: 700 alpha }
        weights: { good: 9, other: 1 }
      - name: small
        alpha_stake: 400 alpha
        weights: { good: 1, other: 1 }
      - name: good
      - name: other
metrics:
  small: { column: neurons.dividends_ratio, of: small, epochs: mean }
  spread: { column: neurons.emission, rows: gini }
sweep:
${sweep}
`;
}

export const GRID = `  keep: [small, spread]
  grid:
    subnets[0].hyperparameters.kappa: { from: 0.3, to: 0.7, count: 5 }
    subnets[0].hyperparameters.bonds_penalty: [0 u16, 50 %, 100 %]
  replicas: 4`;

/** Digest of everything that a sweep leaves, by path; but for what may differ between machines, and how it was divided. */
export function contents(directory: string): Record<string, string> {
  const files: Record<string, string> = {};
  const visit = (path: string): void => {
    for (const name of readdirSync(join(directory, path)).sort((a, b) => (a < b ? -1 : 1))) {
      if (path === "" && ["shards", "slurm"].includes(name)) continue;
      if (name === "environment.json") continue;
      const inner = join(path, name);
      if (statSync(join(directory, inner)).isDirectory()) visit(inner);
      else
        files[inner] = createHash("sha256")
          .update(readFileSync(join(directory, inner)))
          .digest("hex");
    }
  };
  visit("");
  return files;
}
