/** What `run` and `resume` do with a run of a whole economy: progress, the end, what they print. */
import { join } from "node:path";
import type { JsonObject } from "../json.ts";
import type { EconomyProgress, EconomyRunOptions, EconomySummary } from "../run/index.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { writeRunReport } from "./run-report.ts";
import { stopSignal } from "./stop-signal.ts";

/** At most so often is the line drawn again, in milliseconds. */
const REDRAW_INTERVAL = 200;

/** How a run is shown and when it stops, as both commands have it. */
export interface EconomyDisplay {
  readonly json: boolean;
  readonly quiet: boolean;
  /** Whether a run that ended gets its report. */
  readonly report: boolean;
}

/** Runs `work` with a progress line and a way to stop it, then prints what came out. */
export async function showEconomy(
  { json, quiet, report }: EconomyDisplay,
  work: (options: Pick<EconomyRunOptions, "onProgress" | "signal">) => Promise<EconomySummary>,
): Promise<ExitCode> {
  const stream = quiet || json || !process.stderr.isTTY ? null : process.stderr;
  const stop = stopSignal();
  const clear = (): void => void stream?.write("\r\u001b[K");
  try {
    const summary = await work({ signal: stop.signal, onProgress: progress(stream) });
    clear();
    // From here on Ctrl-C ends the process: the trace is whole.
    stop.release();
    const page = report && summary.completed ? await writeRunReport(summary.directory) : null;
    if (json) process.stdout.write(`${JSON.stringify(economyJson(summary, page))}\n`);
    else if (!quiet) process.stdout.write(describeEconomyRun(summary, page));
    if (!summary.completed) return EXIT.stopped;
    return summary.expectations.every(({ met }) => met) ? EXIT.good : EXIT.no;
  } finally {
    stop.release();
  }
}

/** Draws `block 3400 of 72000, 5100 blocks/s, 13 s left`. */
function progress(stream: NodeJS.WriteStream | null): (progress: EconomyProgress) => void {
  let first: { readonly at: number; readonly blocks: number } | null = null;
  let drawnAt = -Infinity;
  return ({ completedBlocks, blocks }) => {
    const now = performance.now();
    // The blocks that a resumed run finds done say nothing about its speed.
    first ??= { at: now, blocks: completedBlocks };
    if (stream === null || now - drawnAt < REDRAW_INTERVAL) return;
    drawnAt = now;
    const speed = ((completedBlocks - first.blocks) / (now - first.at)) * 1_000;
    const left =
      speed > 0 ? `, ${Math.round(speed)} blocks/s, ${time((blocks - completedBlocks) / speed)} left` : "";
    stream.write(`\r\u001b[Kblock ${completedBlocks} of ${blocks}${left}`);
  };
}

const time = (seconds: number): string =>
  seconds < 120 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;

function describeEconomyRun(summary: EconomySummary, page: string | null): string {
  const { directory, completed, completedBlocks, blocks, manifest, expectations, wallSeconds } = summary;
  const lines = completed
    ? [`${manifest?.title ?? ""}: ${blocks} blocks in ${wallSeconds.toFixed(1)} s`]
    : [`Stopped after ${completedBlocks} of ${blocks} blocks.`, `Go on:  yumasim resume ${directory}`];
  lines.push(`Trace:  ${directory}`);
  if (page !== null) lines.push(`Report: ${page}`);
  for (const { comparison, metric, operator, value, found, met } of expectations)
    lines.push(
      `${met ? "holds " : "FAILS "}  ${comparison}: ${metric} ${operator} ${value} (found ${found})`,
    );
  return `${lines.join("\n")}\n`;
}

function economyJson(summary: EconomySummary, report: string | null): JsonObject {
  const { directory, completed, completedBlocks, blocks, manifest, expectations, wallSeconds } = summary;
  return {
    name: manifest?.name ?? null,
    directory,
    manifest: completed ? join(directory, "run.json") : null,
    report,
    completed,
    blocks,
    completedBlocks,
    expectations: expectations.map((one) => ({ ...one })),
    tables: Object.fromEntries(
      Object.entries(manifest?.tables ?? {}).map(([table, digest]) => [table, { ...digest }]),
    ),
    wallSeconds,
  };
}
