import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { describe, expect, test } from "vitest";
import { loadScenario } from "../../../sim/scenario/index.ts";
import { scenarioJsonSchema } from "../../../sim/scenario/schema/json-schema.ts";
import { scenarioTemplate } from "../../../sim/scenario/template.ts";
import { loadText, writeFiles } from "./files.ts";
import { schemaFaults } from "./json-schema.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
