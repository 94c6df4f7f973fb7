import { InputError } from "../errors.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";

/** The command line itself is wrong: an unknown command, option, or value. */
export class UsageError extends InputError {
  override readonly name = "UsageError";
}

/** Where a person looks for help about a bug. */
const BUG_NOTE = "This is a bug of yumasim. Please report it with the lines above and the scenario.";

/** What a command that threw says on standard error, and how it ends. @param command that it was, where one was named */
export function describeFailure(
  thrown: unknown,
  command?: string,
): { readonly text: string; readonly code: ExitCode } {
  if (thrown instanceof UsageError)
    return {
      text: `yumasim: ${thrown.message}\nTry: yumasim${command === undefined ? "" : ` ${command}`} --help\n`,
      code: EXIT.badInput,
    };
  if (thrown instanceof InputError) return { text: `${thrown.message}\n`, code: EXIT.badInput };
  if (thrown instanceof Error && isSystemError(thrown))
    return { text: `yumasim: ${systemMessage(thrown)}\n`, code: EXIT.badInput };
  const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return { text: `${text}\n${BUG_NOTE}\n`, code: EXIT.bug };
}

/** A failed call to the operating system: a full disk, a missing permission. */
function isSystemError(error: Error): error is NodeJS.ErrnoException {
  return "syscall" in error && "code" in error;
}

function systemMessage(error: NodeJS.ErrnoException): string {
  const reasons: Record<string, string> = {
    EACCES: "no permission",
    EPERM: "no permission",
    ENOENT: "no such file or directory",
    ENOSPC: "no space left on the disk",
    EROFS: "the file system is read-only",
    EISDIR: "it is a directory",
    ENOTDIR: "a part of the path is not a directory",
    EMFILE: "too many open files",
  };
  const reason = reasons[error.code ?? ""] ?? error.message;
  return error.path === undefined ? reason : `${error.path}: ${reason}`;
}
