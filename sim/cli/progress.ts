/** At most so often is the line drawn again, in milliseconds. */
const REDRAW_INTERVAL = 100;

/** A line on a terminal that says how far a long command is. */
export interface ProgressLine {
  /** Draws `epoch 34 of 100` and the note, unless it was drawn a moment ago. */
  show(unit: string, done: number, total: number, note?: string): void;
  /** Takes the line away. */
  clear(): void;
}

/** A progress line on that stream; silent when there is none or it is no terminal. */
export function progressLine(stream: NodeJS.WriteStream | null): ProgressLine {
  if (stream?.isTTY !== true) return { show: () => {}, clear: () => {} };
  let drawnAt = -Infinity;
  let drawn = false;
  return {
    show: (unit, done, total, note = "") => {
      const now = performance.now();
      if (now - drawnAt < REDRAW_INTERVAL) return;
      drawnAt = now;
      drawn = true;
      stream.write(`\r\u001b[K${unit} ${done} of ${total}${note}`);
    },
    clear: () => {
      if (drawn) stream.write("\r\u001b[K");
      drawn = false;
    },
  };
}
