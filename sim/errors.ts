/**
 * What the user gave is wrong: a file, an option, a line of input. The message says what, where, what is allowed and
 * what to do; a command shows it without a stack trace and ends with exit code 2. Any other error is a bug of ours.
 */
export class InputError extends Error {
  override readonly name: string = "InputError";
}
