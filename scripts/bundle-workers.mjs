// `node scripts/bundle-workers.mjs DIST`: what each worker thread runs, in a few files of DIST/workers/. A thread loads its
// modules anew, and hundreds of small ones take it several times as long as the few that are left of them here.
import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { rolldown } from "rolldown";

const dist = realpathSync(process.argv[2]);

/** Modules of workers, below dist/sim/ and without their ending, as `workerFile` of sim/pool/worker-file.ts is asked for them. */
const WORKERS = ["experiment/worker", "map/lines", "pool/epoch-worker", "sweep/cell-worker"];

/** Left where they are: who wants them installs them. */
const EXTERNAL = ["gpu.js", "webgpu"];

const folder = join(dist, "workers");
rmSync(folder, { recursive: true, force: true });
const packages = new Set();
// One after the other: workers that shared files would load what only another one needs.
for (const worker of WORKERS)
  for (const file of await bundle(worker, join(folder, worker)))
    for (const name of packageFolder(file) ?? []) packages.add(name);
writeFileSync(
  join(folder, "LICENSES.txt"),
  `${[...packages]
    .sort((a, b) => (a < b ? -1 : 1))
    .map(notice)
    .join("\n\n")}\n`,
);

/** @returns the modules that are in it */
async function bundle(worker, dir) {
  const build = await rolldown({
    input: { worker: join(dist, "sim", `${worker}.js`) },
    platform: "node",
    external: EXTERNAL,
    // A module that names them for something that the worker never asks for does not load them.
    treeshake: { moduleSideEffects: "no-external" },
    plugins: [placesOfFiles(dir)],
    onLog: (level, { message }) => {
      if (level !== "info") throw new Error(message);
    },
  });
  const { output } = await build.write({ dir, format: "esm" });
  await build.close();
  return output.flatMap(({ modules }) => Object.keys(modules ?? {}));
}

/** Modules find files by their own place, which is another one in a bundle. */
function placesOfFiles(dir) {
  return {
    name: "places-of-files",
    transform(code, id) {
      if (!id.startsWith(dist) || !code.includes("import.meta.url")) return null;
      const own = JSON.stringify(relative(dir, id).split(sep).join("/"));
      return { code: code.replaceAll("import.meta.url", `new URL(${own}, import.meta.url).href`) };
    },
  };
}

/** The folder of the package that a file belongs to; null for our own. */
function packageFolder(file) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file.split(sep).join("/"));
}

/** The licence under which a package may be passed on. */
function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const texts = ["LICENSE", "LICENSE.txt", "LICENSE.md", "NOTICE", "NOTICE.txt"]
    .map((file) => join(folder, file))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, "utf8").trim());
  return [`${name} ${version} (${license})`, ...texts].join("\n\n");
}
