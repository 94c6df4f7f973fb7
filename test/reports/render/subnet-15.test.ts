import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderReport } from "../../../reports/index.ts";
import { runScenario } from "../../../sim/run/index.ts";
import { loadScenario } from "../../../sim/scenario/index.ts";
import { BROWSER_PATH, launchBrowser, NO_BROWSER, openReport } from "./browser.ts";

const SCENARIO = fileURLToPath(new URL("../../../scenarios/economy/subnet-15.yaml", import.meta.url));

/** The real snapshot; its origin does not allow a copy of it in the repository. */
const SNAPSHOT = fileURLToPath(
  new URL("../../../../shared/golden/metagraph-sn15-block4769998.json.gz", import.meta.url),
);

const INPUTS = [
  { name: "drawn to the profile of subnet 15", set: [], missing: null },
  {
    name: "the real snapshot",
    set: [`subnets[0].import.metagraph=${SNAPSHOT}`],
    missing: existsSync(SNAPSHOT) ? null : "the snapshot is not beside this repository",
  },
];

describe.skipIf(BROWSER_PATH === null)(
  `the report of the main run${BROWSER_PATH === null ? `: ${NO_BROWSER}` : ""}`,
  () => {
    let browser: Browser;
    let folder = "";
    beforeAll(async () => {
      browser = await launchBrowser();
      folder = await mkdtemp(join(tmpdir(), "yumasim-subnet-15-"));
    });
    afterAll(async () => {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    });

    for (const [i, { name, set, missing }] of INPUTS.entries()) {
      test.skipIf(missing !== null)(
        `opens offline, all charts draw: ${name}${missing ? ` (${missing})` : ""}`,
        async () => {
          const outDir = join(folder, String(i));
          const { manifest } = await runScenario(loadScenario(SCENARIO, { set }), { outDir });
          const [file] = await renderReport([outDir], { formats: ["html"], outDir });
          const { page, complaints } = await openReport(browser, file!, { width: 1280, theme: "light" });
          expect(await page.textContent("h1")).toBe(manifest.title);
          const panels = await page.evaluate<number[]>(
            `[...document.querySelectorAll(".drawing")].map((drawing) => drawing.querySelectorAll("svg path").length)`,
          );
          expect(panels.length).toBeGreaterThanOrEqual(10);
          expect(Math.min(...panels)).toBeGreaterThan(5);
          expect(await page.textContent(".manifest:not(.definitions)")).toContain(manifest.scenarioHash);
          expect(complaints).toEqual([]);
          await page.context().close();
        },
      );
    }
  },
);
