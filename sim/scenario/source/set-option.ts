import { scenarioError } from "../error.ts";
import { type Override, parsePath } from "./overrides.ts";
import { readYaml } from "./read-yaml.ts";

/** Reads one `--set path=value`; the value is YAML, relative paths in it start at the current directory. */
export function parseSetOption(text: string): Override {
  const place = `--set ${text.length > 80 ? `${text.slice(0, 77)}...` : text}`;
  const split = text.indexOf("=");
  const path = split < 0 ? undefined : parsePath(text.slice(0, split).trim());
  if (path === undefined)
    throw scenarioError(place, "", "write path=value, for example subnets[0].hyperparameters.kappa=0.5");
  return { path, value: readYaml(text.slice(split + 1), { name: place, directory: "." }, false), place };
}
