// Writes the pages of docs/ that are made from the code. Run `npm run build` first.
import { writeFileSync } from "node:fs";
import { metricsDocument } from "../dist/reports/metrics/catalogue.js";
import { tracesDocument } from "../dist/sim/trace/document.js";

const PAGES = { "metrics.md": metricsDocument(), "traces.md": tracesDocument() };

for (const [name, text] of Object.entries(PAGES))
  writeFileSync(new URL(`../docs/${name}`, import.meta.url), text);
