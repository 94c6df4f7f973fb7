/** Runs the economy of `month-scenario.ts` in a process of its own and prints what it took, as one line of JSON. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runEconomy } from "../sim/run/index.ts";
import { isEconomy, loadAnyScenario } from "../sim/scenario/index.ts";
import { monthScenario } from "./month-scenario.ts";

/** What a run of the month took. */
export interface MonthTiming {
  readonly blocks: number;
  readonly agents: number;
  readonly calls: number;
  readonly wallSeconds: number;
  /** Of all threads, those of the garbage collector too: what one core would need. */
  readonly cpuSeconds: number;
  /** Bytes of the process. */
  readonly residentAtFifth: number;
  readonly residentAtEnd: number;
  readonly digest: string;
}

const directory = mkdtempSync(join(tmpdir(), "yumasim-month-"));
try {
  const file = join(directory, "month.yaml");
  writeFileSync(file, monthScenario(process.argv[2] ?? "30 days"));
  const scenario = loadAnyScenario(file);
  if (!isEconomy(scenario)) throw new Error("the month is a scenario of a single subnet");
  const cpu = process.cpuUsage();
  let residentAtFifth = 0;
  const { manifest, wallSeconds, blocks } = await runEconomy(scenario, {
    outDir: join(directory, "run"),
    onProgress: (progress) => {
      if (residentAtFifth === 0 && progress.completedBlocks >= progress.blocks / 5)
        residentAtFifth = process.memoryUsage.rss();
    },
  });
  const residentAtEnd = process.memoryUsage.rss();
  const { user, system } = process.cpuUsage(cpu);
  const timing: MonthTiming = {
    blocks,
    agents: scenario.plans[0]!.agents.length,
    calls: manifest!.tables["calls"]!.rows,
    wallSeconds,
    cpuSeconds: (user + system) / 1e6,
    residentAtFifth,
    residentAtEnd,
    digest: manifest!.tables["calls"]!.sha256.slice(0, 12),
  };
  process.stdout.write(`${JSON.stringify(timing)}\n`);
} finally {
  rmSync(directory, { recursive: true });
}
