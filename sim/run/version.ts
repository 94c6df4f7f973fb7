import { existsSync, readFileSync } from "node:fs";

/** The version of this package, from its package.json: beside the sources, or one level above dist/. */
export function engineVersion(): string {
  return (known ??= readVersion());
}

/** It does not change while a process runs. */
let known: string | undefined;

function readVersion(): string {
  for (const relative of ["../../package.json", "../../../package.json"]) {
    const url = new URL(relative, import.meta.url);
    if (existsSync(url)) return (JSON.parse(readFileSync(url, "utf8")) as { version: string }).version;
  }
  throw new Error("package.json is missing beside the program");
}
