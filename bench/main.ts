/** `npm run bench`: the exact kernel against the chain's native code, and how its time grows. */
import { benchEconomy } from "./economy.ts";
import {
  denseCase,
  type EpochTiming,
  type Formula,
  FLOAT32_MILLISECONDS,
  FORMULAS,
  NATIVE_MILLISECONDS,
  PARTS,
  partShares,
  timeEpoch,
  timeInput,
} from "./epoch.ts";
import { timeFloat64 } from "./float64.ts";
import { benchCasesPage } from "./cases-page.ts";
import { benchBackends } from "./gpu.ts";
import { benchMonth } from "./month.ts";
import { timePool } from "./pool.ts";
import { timeSweeps } from "./sweep.ts";
import { print } from "./print.ts";
import { benchReport, printReport } from "./report-size.ts";
import { benchVariants } from "./variants.ts";
import { alikeCase, unsortedCase } from "./worst-cases.ts";

/** `--small`: seconds instead of minutes, to see that it works. */
const small = process.argv.includes("--small");
const effort = small ? 0.02 : 1;

const microseconds = (nanoseconds: number): string => (nanoseconds / 1000).toFixed(1);
const ratio = (milliseconds: number, nanoseconds: number): string =>
  (milliseconds / (nanoseconds / 1e6)).toFixed(1);

function repetitions(entries: number): number {
  return Math.max(5, Math.ceil((40_000_000 * effort) / entries));
}

function printTiming(name: string, timing: EpochTiming, native: number | undefined): void {
  const { afresh, steady, walking, entries, hash } = timing;
  print([
    name,
    microseconds(afresh),
    microseconds(steady),
    microseconds(walking),
    (afresh / entries).toFixed(2),
    (entries / (afresh / 1e3)).toFixed(0),
    native === undefined ? "" : ratio(native, afresh),
    native === undefined ? "" : ratio(native, steady),
    hash,
  ]);
}

process.stdout.write(
  "Dense epochs: us afresh, steady, walking; ns per entry, entries per us; times native afresh, steady; hash\n",
);
for (const [size, native] of Object.entries(NATIVE_MILLISECONDS)) {
  const [n, validators] = size.split("/").map(Number) as [number, number];
  for (const formula of FORMULAS) {
    const timing = timeEpoch(denseCase(n, validators, formula), repetitions(n * validators));
    printTiming(`${size} ${formula}`, timing, native[formula]);
  }
}

process.stdout.write("\nAgainst a float32 simulator: us, times faster\n");
for (const [size, { off, on }] of Object.entries(FLOAT32_MILLISECONDS)) {
  const [n, validators] = size.split("/").map(Number) as [number, number];
  for (const [formula, milliseconds] of [
    ["off", off],
    ["on", on],
  ] as const) {
    const { afresh } = timeEpoch(denseCase(n, validators, formula), repetitions(n * validators));
    print([`${size} ${formula}`, microseconds(afresh), ratio(milliseconds, afresh)]);
  }
}

process.stdout.write("\nAgainst the float64 kernel of the variants: us, times faster\n");
for (const formula of ["off", "on"] as const) {
  const { afresh } = timeEpoch(denseCase(256, 64, formula), repetitions(256 * 64));
  const float64 = timeFloat64(256, 64, formula, repetitions(256 * 64 * 4));
  print([`256/64 ${formula}`, microseconds(float64), ratio(float64 / 1e6, afresh)]);
}

process.stdout.write(`\nShare of the parts, afresh, percent: ${PARTS.join(", ")}\n`);
for (const formula of FORMULAS) {
  const shares = partShares(denseCase(256, 64, formula), repetitions(256 * 64));
  print([`256/64 ${formula}`, ...shares.map((share) => (100 * share).toFixed(0))]);
}

process.stdout.write("\nWorst cases, as dense epochs above: every quotient whole; rows in no order\n");
for (const formula of FORMULAS) {
  printTiming(
    `alike ${formula}`,
    timeInput(alikeCase(256, 64, formula), repetitions(256 * 64 * 4)),
    undefined,
  );
  printTiming(
    `unsorted ${formula}`,
    timeInput(unsortedCase(256, 64, formula), repetitions(256 * 64 * 20)),
    undefined,
  );
}

process.stdout.write(
  "\nBy density, afresh: entries; us and percent of the dense epoch, yuma3 off, on, liquid; ns per entry (on); MiB\n",
);
for (const agreeing of [false, true]) {
  process.stdout.write(
    agreeing ? "all validators weigh the same miners\n" : "each weighs miners of its own\n",
  );
  for (const n of small ? [256] : [256, 1024, 4096]) benchDensities(n, Math.min(256, n / 4), agreeing);
}

/** A line per density. Bonds lie where weights do. */
function benchDensities(n: number, validators: number, agreeing: boolean): void {
  const dense = new Map<Formula, number>();
  for (const density of [1, 0.5, 0.3, 0.2, 0.1, 0.05, 0.01]) {
    const timings = FORMULAS.map((formula) => {
      const epoch = { ...denseCase(n, validators, formula, density), agreeing };
      const timing = timeEpoch(epoch, repetitions(n * validators * density) / 2);
      if (density === 1) dense.set(formula, timing.afresh);
      return { formula, timing };
    });
    const [first] = timings as [(typeof timings)[0]];
    const on = (timings.find(({ formula }) => formula === "on") ?? first).timing;
    print([
      `${n}/${validators} ${density * 100} %`,
      first.timing.entries,
      ...timings.flatMap(({ formula, timing: { afresh } }) => [
        microseconds(afresh),
        `${((100 * afresh) / (dense.get(formula) ?? afresh)).toFixed(1)} %`,
      ]),
      (on.afresh / on.entries).toFixed(1),
      (on.memoryBytes / 2 ** 20).toFixed(0),
    ]);
  }
}

process.stdout.write("\nA batch of 256/64 epochs by number of threads: ms, times one thread, hash\n");
const timings = await timePool(small ? 40 : 1000, [1, 2, 3]);
for (const { workers, milliseconds, hash } of timings)
  print([
    workers,
    milliseconds.toFixed(0),
    ((timings[0]?.milliseconds ?? 0) / milliseconds).toFixed(2),
    hash,
  ]);

process.stdout.write(
  "\nA sweep of 2,000 cells by number of threads, their start included: s, times one thread, hash\n",
);
const sweeps = await timeSweeps(small ? 60 : 2000, [1, 2]);
for (const { workers, seconds, hash } of sweeps)
  print([workers, seconds.toFixed(1), ((sweeps[0]?.seconds ?? 0) / seconds).toFixed(2), hash]);

process.stdout.write("\nFloat backends against the exact kernel, us per network and epoch (docs/gpu.md)\n");
await benchBackends(effort, print);

process.stdout.write(
  "\nA day of a network, by subnets of 256 neurons (node dist/bench/economy.js for this alone)\n",
);
benchEconomy(small);

process.stdout.write(
  "\nA month of 32 subnets with 2,000 agents, traced (node dist/bench/month-run.js for this alone)\n",
);
benchMonth(small, print);

process.stdout.write(
  "\nThe report of a run of 10 million neuron rows (node dist/bench/report-size.js for this alone)\n",
);
printReport(await benchReport(small ? 50_000 : 10_000_000));

process.stdout.write(
  "\nThe 24 cases under the 7 formulas: ms of 6,720 epochs, ms of the page with all charts, plots, MB, digests\n",
);
const variants = benchVariants(small ? 2 : 50);
const page = await benchCasesPage();
print([
  variants.msMin.toFixed(1),
  page.pageMs.toFixed(0),
  page.plots,
  page.megabytes.toFixed(1),
  variants.sha256.slice(0, 16),
  page.sha256.slice(0, 16),
]);
