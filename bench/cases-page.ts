import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VARIANTS } from "../kernels/variants/names.ts";
import { renderCases } from "../reports/index.ts";
import { runCases } from "../sim/eval/variant/case-runs.ts";

/** The Python simulator that researchers use: the same charts, at best. */
const PYTHON_SECONDS = 15;

export interface CasesPageBench {
  readonly bench: "cases page";
  readonly simulateMs: number;
  readonly pageMs: number;
  readonly megabytes: number;
  /** Small plots on the page. */
  readonly plots: number;
  readonly timesPython: number;
  readonly sha256: string;
}

/** All cases under all formulas with all charts, as one page; the faster of two. */
export async function benchCasesPage(): Promise<CasesPageBench> {
  const folder = await mkdtemp(join(tmpdir(), "yumasim-cases-"));
  try {
    let [simulateMs, pageMs] = [Infinity, Infinity];
    let page = Buffer.alloc(0);
    for (let run = 0; run < 2; run++) {
      const start = performance.now();
      const cases = runCases({ ids: [], formulas: VARIANTS, bondPenalty: 0.99, options: null });
      const simulated = performance.now();
      const [file] = await renderCases(cases, [], { formats: ["html"], outDir: folder });
      simulateMs = Math.min(simulateMs, simulated - start);
      pageMs = Math.min(pageMs, performance.now() - simulated);
      page = await readFile(file!);
    }
    return {
      bench: "cases page",
      simulateMs,
      pageMs,
      megabytes: page.length / 1e6,
      plots: page.toString().split('class="axis"').length - 1,
      timesPython: (PYTHON_SECONDS * 1000) / (simulateMs + pageMs),
      sha256: createHash("sha256").update(page).digest("hex"),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
