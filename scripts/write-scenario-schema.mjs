// Writes scenarios/schema.json from the schema in sim/scenario. Run `npm run build` first.
import { writeFileSync } from "node:fs";
import { scenarioJsonSchema } from "../dist/sim/scenario/schema/json-schema.js";

writeFileSync(
  new URL("../scenarios/schema.json", import.meta.url),
  `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`,
);
