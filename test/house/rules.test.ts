import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Files that git tracks, and those it would track. */
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((name) => name !== "" && existsSync(join(root, name)));

const read = (name: string) => readFileSync(join(root, name), "utf8");
const sources = files.filter((name) => /\.(ts|mjs)$/.test(name));
const simulation = sources.filter(
  (name) => /^(kernels|sim)\//.test(name) && !name.startsWith("kernels/exact/assembly/"),
);
const text = files.filter(
  (name) =>
    /\.(ts|mjs|md|ya?ml|json|sh)$|^\.ci\/run$/.test(name) &&
    name !== "package-lock.json" &&
    !name.startsWith("test/golden/"),
);

interface Ban {
  readonly pattern: RegExp;
  readonly instead: string;
}

/** Every match of a ban, as `file:line: found; use instead`. */
function violations(names: readonly string[], bans: readonly Ban[]): string[] {
  return names.flatMap((name) =>
    read(name)
      .split("\n")
      .flatMap((line, index) =>
        bans
          .filter(({ pattern }) => pattern.test(line))
          .map(({ pattern, instead }) => `${name}:${index + 1}: ${pattern.exec(line)?.[0]}; ${instead}`),
      ),
  );
}

describe("names", () => {
  test("nothing that depends on the machine is used in kernels/ and sim/", () => {
    const bans: Ban[] = [
      { pattern: /\bMath\.random\b/, instead: "use a named stream of sim/engine/random.ts" },
      {
        pattern: /\bMath\.(pow|exp|expm1|log|log2|log10|log1p|sin|cos|tan|tanh|cbrt|hypot)\(/,
        instead: "use kernels/stable-math.ts",
      },
      {
        pattern: /[\w)\]]\s*\*\*\s*\(?\d+(\.\d+)?\b(?!n)/,
        instead: "not bit-stable for numbers: multiply, or use kernels/stable-math.ts",
      },
      { pattern: /\bfor \((const|let) \w+ in\b/, instead: "use Object.keys with an explicit order" },
      { pattern: /\.localeCompare\(/, instead: "compare with < and >" },
      { pattern: /\bfrom "seedrandom"/, instead: "open a stream with sim/engine/random.ts" },
    ];
    const owners = new Set(["sim/engine/random.ts"]);
    expect(
      violations(
        simulation.filter((name) => !owners.has(name)),
        bans,
      ),
    ).toEqual([]);
  });

  test("no marks are left in the sources", () => {
    // Assembled, so that this line is not one of them.
    const marks = [
      ["TO", "DO"],
      ["FIX", "ME"],
      ["X", "XX"],
    ]
      .map((parts) => parts.join(""))
      .join("|");
    const bans: Ban[] = [
      { pattern: new RegExp(`\\b(${marks})\\b`), instead: "do it or write down why not" },
      // AssemblyScript's decorators on functions are not TypeScript: `@ts-ignore: decorator` is its own idiom.
      { pattern: /@ts-(ignore|expect-error)(?!: decorator)/, instead: "fix the type" },
      { pattern: /\.only\(/, instead: "run the whole file" },
    ];
    expect(violations(sources, bans)).toEqual([]);
  });

  test("the project speaks of itself alone", () => {
    const bans: Ban[] = [
      { pattern: new RegExp(["/wo", "rk/|/tm", "p/brief"].join("")), instead: "no path of one machine" },
      { pattern: new RegExp(["registry\\.(np", "mjs|yarn)"].join("")), instead: "no registry host" },
    ];
    expect(violations(text, bans)).toEqual([]);
  });
});

describe("import directions", () => {
  /** A room may import from the rooms listed (and from itself). `kernels` stands below all. */
  const rooms: Record<string, readonly string[]> = {
    kernels: [],
    "sim/engine": ["kernels"],
    "sim/chain": ["kernels"],
    "sim/trace": [],
    "sim/agents": ["kernels", "sim/chain", "sim/engine"],
    "sim/scenario": ["kernels", "sim/chain", "sim/engine", "sim/agents", "sim/trace"],
    "sim/pool": ["kernels"],
    "sim/map": ["kernels", "sim/engine", "sim/pool"],
    "sim/run": ["kernels", "sim/chain", "sim/engine", "sim/agents", "sim/scenario", "sim/trace"],
    "sim/eval": ["kernels", "sim/chain"],
    "sim/sweep": ["kernels", "sim/chain", "sim/engine", "sim/pool", "sim/scenario", "sim/trace", "sim/run"],
    "sim/experiment": [
      "kernels",
      "sim/engine",
      "sim/pool",
      "sim/scenario",
      "sim/trace",
      "sim/run",
      "sim/sweep",
    ],
    "sim/regression": ["kernels", "sim/scenario", "sim/trace", "sim/run"],
    reports: ["sim/trace"],
  };
  const roomOf = (name: string) => Object.keys(rooms).find((room) => name.startsWith(`${room}/`));

  test("every room of kernels/, sim/ and reports/ is known here", () => {
    const unknown = sources.filter(
      (name) =>
        /^(kernels|sim|reports)\//.test(name) &&
        !name.startsWith("sim/cli/") &&
        // What every room shares lies beside the rooms: errors, JSON, the nearest name.
        !/^sim\/[^/]+\.ts$/.test(name) &&
        roomOf(name) === undefined,
    );
    expect(unknown).toEqual([]);
  });

  test("arrows point one way", () => {
    const wrong = sources.flatMap((name) => {
      const room = roomOf(name);
      if (room === undefined) return [];
      return [...read(name).matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)].flatMap(([, path]) => {
        const target = relative(root, resolve(root, dirname(name), path ?? "")).replaceAll("\\", "/");
        const targetRoom = target.startsWith("sim/cli/") ? "sim/cli" : roomOf(target);
        const allowed = targetRoom === undefined || targetRoom === room || rooms[room]?.includes(targetRoom);
        return allowed ? [] : [`${name} imports ${target}: ${room} may not know ${targetRoom}`];
      });
    });
    expect(wrong).toEqual([]);
  });
});

describe("the tree", () => {
  test("every test mirrors a room", () => {
    const tests = files.filter((name) => name.endsWith(".test.ts"));
    const homes = /^test\/(house|package|kernels|sim|reports|bench|docs|scenarios)\//;
    expect(tests.filter((name) => !homes.test(name))).toEqual([]);
    expect(tests.length).toBeGreaterThan(0);
  });

  test("every module is used", () => {
    const entries =
      /^(index\.ts|sim\/cli\/main\.ts|bench\/main\.ts|vitest\.config\.ts|scripts\/|test\/|kernels\/exact\/assembly\/)/;
    const imported = new Set(
      sources.flatMap((name) => [
        ...[...read(name).matchAll(/"(\.[^"\n]+\.(?:ts|js))"/g)].map(([, path]) =>
          relative(root, resolve(root, dirname(name), path ?? ""))
            .replaceAll("\\", "/")
            .replace(/\.js$/, ".ts"),
        ),
        // What a thread runs is named by the pool that starts it.
        ...[...read(name).matchAll(/workerFile\("([^"\n]+)"\)/g)].map(([, worker]) => `sim/${worker}.ts`),
      ]),
    );
    const dead = sources.filter((name) => name.endsWith(".ts") && !entries.test(name) && !imported.has(name));
    expect(dead).toEqual([]);
  });
});
