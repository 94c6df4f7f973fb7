import { existsSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../errors.ts";
import { economyTemplate } from "./economy/template.ts";

/**
 * Writes a commented scenario that runs as it is.
 * @param path the new file
 * @param kind of one subnet with given weights, or of a whole economy with agents
 * @throws {InputError} if the file exists already
 */
export function writeTemplate(path: string, kind: "subnet" | "economy" = "subnet"): void {
  const template = kind === "economy" ? economyTemplate : scenarioTemplate;
  const text = template(relative(dirname(resolve(path)), schemaPath()).replaceAll("\\", "/"));
  try {
    writeFileSync(path, text, { flag: "wx" });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST")
      throw new InputError(
        `${path} exists already; nothing was written. Name another file: yumasim init FILE`,
      );
    throw error;
  }
}

/** The JSON Schema that comes with the package, found from the sources and from dist/. */
function schemaPath(): string {
  const candidates = ["../../scenarios/schema.json", "../../../scenarios/schema.json"].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  return candidates.find((path) => existsSync(path)) ?? candidates[0]!;
}

/** The scenario that `yumasim init` writes. @param schema path of the JSON Schema, for editors */
export function scenarioTemplate(schema: string): string {
  return `# yaml-language-server: $schema=${schema}
#
# Question   What do you want to know?
# Set-up     Three validators and eight miners; one validator copies nobody and weighs its own favourite.
# Expected   What do you expect to see?
#
# Check this file with   yumasim validate FILE
# Run it with            yumasim run FILE

title: My first scenario

# The chain's rules.
protocol: subtensor-425

# The same seed gives the same draws; another one, another run.
seed: "1"
epochs: 40

subnets:
  - netuid: 1

    # What each epoch hands out. Amounts carry a unit: alpha, TAO or rao.
    emission: 295.2 alpha

    # Everything left out has the value of a new subnet on the chain.
    hyperparameters:
      tempo: 360 blocks
      # Ratios are written 50 % or 0.5; a whole number is what the chain stores (32767 of 65535).
      kappa: 50 %
      bonds_moving_average: 90 %

    # Uids follow this order. With a count, labels are name-0, name-1, ...
    neurons:
      - name: validator
        alpha_stake: [5000 alpha, 3000 alpha]
        # Each draws its weights: a value for every miner, of which the six best are sent.
        weights:
          drawn:
            among: miner
            targets: 6
            values: { distribution: log-normal, median: 1, sigma: 1 }
            # Both see the same values, each with a little noise of its own.
            shared: quality
            noise: 0.1

      - name: maverick
        alpha_stake: 2000 alpha
        # Only the relation of weights counts: here 3 of 4 parts go to miner-7.
        weights:
          by_epoch:
            0: { miner-7: 3, miner-0: 1 }
            # From epoch 20 on it weighs all miners alike.
            20: { miner: 1 }

      - name: miner
        count: 8

# Variations that run side by side; leave this out to run the scenario alone.
compare:
  - name: yuma3 off
    set:
      subnets[0].hyperparameters.yuma3: false
  - name: yuma3 on
    set:
      subnets[0].hyperparameters.yuma3: true
`;
}
