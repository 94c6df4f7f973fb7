import { spawn } from "node:child_process";

/** The command of a desktop that opens a file with the program that belongs to it. */
const OPENERS: Readonly<Record<string, string>> = { darwin: "open", win32: "explorer.exe" };

/** Opens a file as a double click would. @returns false when this machine has nothing that could */
export async function openFile(path: string): Promise<boolean> {
  const command = OPENERS[process.platform] ?? "xdg-open";
  return await new Promise((resolve) => {
    const child = spawn(command, [path], { detached: true, stdio: "ignore" });
    child.once("error", () => resolve(false));
    child.once("spawn", () => {
      // The browser outlives the command.
      child.unref();
      resolve(true);
    });
  });
}
