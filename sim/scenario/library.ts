/** The scenarios that come with the package, by theme and name: `attacks/weight-copying`. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { InputError } from "../errors.ts";
import { didYouMean, nearest } from "../nearest.ts";
import { scenarioError } from "./error.ts";
import { readYaml } from "./source/read-yaml.ts";
import { child } from "./source/tree.ts";

/** Folders under scenarios/ whose files run by name. */
export const THEMES = ["attacks", "cases", "economy"] as const;
export type Theme = (typeof THEMES)[number];

/** A scenario of the library. */
export interface LibraryEntry {
  /** As `yumasim run` takes it: `attacks/weight-copying`. */
  readonly name: string;
  readonly file: string;
  readonly title: string;
  /** Number of the entry in docs/attacks.md; null for what is no attack. */
  readonly entry: number | null;
}

/** The folder scenarios/ of the package, beside the sources or one level above dist/. */
function libraryFolder(): string {
  for (const relative of ["../../scenarios", "../../../scenarios"]) {
    const folder = fileURLToPath(new URL(relative, import.meta.url));
    if (existsSync(folder)) return folder;
  }
  throw new Error("the folder scenarios/ is missing beside the program");
}

const namesOf = (theme: Theme): string[] => {
  const folder = `${libraryFolder()}/${theme}`;
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.slice(0, -".yaml".length))
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
};

/**
 * The file of a scenario as the user names it: a path, or the name of one of the library. A file that is there wins.
 * @throws InputError when it has the form of a name, with or without its theme, and there is no such scenario
 */
export function scenarioFile(name: string): string {
  if (/^[a-z0-9-]+$/.test(name) && !existsSync(name)) throw noSuchFile(name);
  const match = /^([a-z]+)\/([a-z0-9-]+)$/.exec(name);
  const theme = THEMES.find((one) => one === match?.[1]);
  if (theme === undefined || existsSync(name)) return name;
  const names = namesOf(theme);
  if (!names.includes(match![2]!))
    throw new InputError(
      `${name}: no such file, and no such scenario of the library${didYouMean(match![2]!, names)}; \`yumasim list ${theme}\` shows them`,
    );
  return `${libraryFolder()}/${name}.yaml`;
}

/** For a word that is no file: most likely the name of a scenario without its theme. */
function noSuchFile(name: string): InputError {
  const known = THEMES.flatMap((theme) => namesOf(theme).map((one) => ({ theme, one })));
  const near = nearest(
    name,
    known.map(({ one }) => one),
  );
  const found = known.find(({ one }) => one === near);
  const hint = found === undefined ? "" : `; did you mean ${found.theme}/${found.one}?`;
  return new InputError(
    `${name}: no such file${hint}; \`yumasim list\` shows the scenarios that run by name`,
  );
}

/** Every scenario of a theme; attacks by their number, the rest by name. */
export function libraryOf(theme: Theme): LibraryEntry[] {
  const entries = namesOf(theme).map((name): LibraryEntry => {
    const file = `${libraryFolder()}/${theme}/${name}.yaml`;
    const tree = readYaml(readFileSync(file, "utf8"), { name: file, directory: "." }, true);
    const title = child(tree, "title");
    if (title?.kind !== "scalar") throw scenarioError(file, "title", "missing");
    const experiment = child(tree, "experiment");
    const entry = experiment === undefined ? undefined : child(experiment, "entry");
    return {
      name: `${theme}/${name}`,
      file,
      title: String(title.value),
      entry: entry?.kind === "scalar" && entry.value !== null ? Number(entry.value) : null,
    };
  });
  return entries.sort((a, b) => (a.entry ?? 0) - (b.entry ?? 0));
}
