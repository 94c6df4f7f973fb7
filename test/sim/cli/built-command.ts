import { type ChildProcess, execFile, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const ROOT = join(import.meta.dirname, "../../..");

/** The command line, compiled from the present sources into a folder of its own. */
export interface BuiltCommand {
  /** A folder for the files of a test. */
  readonly folder: string;
  /** Runs it to its end. @param environment variables that differ from this process's */
  run(
    args: readonly string[],
    input?: string | Uint8Array,
    environment?: Readonly<Record<string, string>>,
  ): Promise<CommandResult>;
  /** Starts it and leaves it running. */
  start(args: readonly string[]): ChildProcess;
  /** Removes everything. */
  remove(): void;
}

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Compiles the sources, unchecked; a test must not depend on when somebody last built dist/. */
export async function buildCommand(): Promise<BuiltCommand> {
  const folder = mkdtempSync(join(tmpdir(), "yumasim-command-"));
  const compiled = join(folder, "dist");
  const run = promisify(execFile);
  await run(
    process.execPath,
    [
      join(ROOT, "node_modules/typescript/bin/tsc"),
      "-p",
      "tsconfig.build.json",
      "--noCheck",
      "--outDir",
      compiled,
    ],
    { cwd: ROOT },
  );
  cpSync(join(ROOT, "reports/render/assets"), join(compiled, "reports/render/assets"), { recursive: true });
  cpSync(join(ROOT, "package.json"), join(folder, "package.json"));
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  await run(process.execPath, [join(ROOT, "scripts/bundle-workers.mjs"), compiled]);
  const program = join(compiled, "sim/cli/main.js");
  const start = (args: readonly string[], environment: Readonly<Record<string, string>> = {}): ChildProcess =>
    spawn(process.execPath, [program, ...args], { cwd: folder, env: { ...process.env, ...environment } });
  return {
    folder,
    start: (args) => start(args),
    run: (args, input, environment) => finished(start(args, environment), input),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** Waits for the end of a process. */
export async function finished(child: ChildProcess, input?: string | Uint8Array): Promise<CommandResult> {
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  // A command that ends early does not read all of its input.
  child.stdin?.on("error", () => {});
  child.stdin?.end(input);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, stdout, stderr };
}
