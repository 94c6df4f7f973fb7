import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BuiltCommand, buildCommand } from "./built-command.ts";

const SCENARIO = join(import.meta.dirname, "../../../scenarios/economy/subnet-15.yaml");

let command: BuiltCommand;
beforeAll(async () => {
  command = await buildCommand();
  for (const seed of ["1", "2"]) {
    const args = [
      "run",
      SCENARIO,
      "--set",
      "epochs=60",
      "--seed",
      seed,
      "--no-report",
      "--out",
      `seed-${seed}`,
    ];
    expect((await command.run(args)).code).toBe(0);
  }
});
afterAll(() => command.remove());

const inFolder = (name: string) => join(command.folder, name);

test("a file per chart in every format, and their paths", async () => {
  const { code, stdout, stderr } = await command.run([
    "report",
    "seed-1",
    "--format",
    "html, svg,png,csv,json",
    "--out",
    "out",
    "--json",
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { files } = JSON.parse(stdout) as { files: string[] };
  for (const file of files) expect(readFileSync(inFolder(file)).length, file).toBeGreaterThan(40);
  const charts = readdirSync(inFolder("out/charts"));
  const ofFormat = (extension: string) => charts.filter((name) => name.endsWith(extension)).length;
  expect(ofFormat(".svg")).toBeGreaterThanOrEqual(10);
  expect([ofFormat(".png"), ofFormat(".vl.json")]).toEqual([ofFormat(".svg"), ofFormat(".svg")]);
  // The tables have a CSV too.
  expect(ofFormat(".csv")).toBe(ofFormat(".svg") + 1);
  expect(existsSync(inFolder("seed-1/report.html"))).toBe(false);
});

describe("the fonts of the system", () => {
  /** Settings of the system's fonts: none at all, and serifs in place of everything. */
  const systems = ["none", "serifs"] as const;
  const environmentOf = (system: string) => ({ FONTCONFIG_FILE: inFolder(`${system}.conf`) });
  beforeAll(() => {
    for (const system of systems) {
      mkdirSync(inFolder(system));
      writeFileSync(
        inFolder(`${system}.conf`),
        `<?xml version="1.0"?><fontconfig><dir>${inFolder(system)}</dir></fontconfig>`,
      );
    }
    const serifs = join(command.folder, "node_modules/dejavu-fonts-ttf/ttf/DejaVuSerif.ttf");
    copyFileSync(serifs, inFolder("serifs/DejaVuSans.ttf"));
  });

  test("change what is drawn with them", () => {
    const drawing = `
      const { Resvg } = require("@resvg/resvg-js");
      const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><text y="15">rao</text></svg>';
      process.stdout.write(new Resvg(svg, { font: { loadSystemFonts: true } }).render().asPng());`;
    const [none, serifs] = systems.map((system) =>
      execFileSync(process.execPath, ["-e", drawing], {
        cwd: command.folder,
        env: { ...process.env, ...environmentOf(system) },
      }),
    );
    expect(none!.equals(serifs!)).toBe(false);
  });

  test("change no byte of a report's pictures", async () => {
    for (const system of systems) {
      const args = ["report", "seed-1", "--format", "svg,png", "--out", `drawn-with-${system}`];
      expect((await command.run(args, undefined, environmentOf(system))).code).toBe(0);
    }
    const [none, serifs] = systems.map((system) => inFolder(`drawn-with-${system}/charts`));
    const names = readdirSync(none!);
    expect(names.length).toBeGreaterThanOrEqual(20);
    expect(readdirSync(serifs!)).toEqual(names);
    for (const name of names)
      expect(readFileSync(join(none!, name)).equals(readFileSync(join(serifs!, name))), name).toBe(true);
  });
});

test("several runs side by side, each with its name", async () => {
  const { code, stdout } = await command.run(["report", "seed-1", "seed-2", "--out", "both"]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "both/report.html\n" });
  const html = readFileSync(inFolder("both/report.html"), "utf8");
  for (const label of ["seed-1 / yuma3 off", "seed-2 / yuma3 on"]) expect(html).toContain(label);
});

test("bad input: exit 2, what is wrong and what is allowed, nothing written", async () => {
  mkdirSync(inFolder("empty"));
  const cases: [string[], RegExp][] = [
    [["report", "seed-1", "--format", "gif"], /--format gif: allowed: html, markdown, svg, png, csv, json/],
    [["report", "seed-1", "seed-2"], /say where it goes with --out DIR/],
    [["report", "seed-1", "--open", "--format", "csv"], /add html to --format/],
    [["report", "empty", "--out", "no"], /empty: not a run directory/],
    [["report", "nowhere", "--out", "no"], /nowhere: no such run directory/],
  ];
  for (const [args, message] of cases) {
    const { code, stdout, stderr } = await command.run(args);
    expect({ code, stdout }, args.join(" ")).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  }
  expect(existsSync(inFolder("no"))).toBe(false);
});
