/** Prints one row of a table: the first cell wide, the others in columns. */
export const print = (cells: readonly (string | number)[]): void =>
  void process.stdout.write(
    `${cells.map((cell, k) => String(cell).padStart(k === 0 ? 16 : 10)).join(" ")}\n`,
  );
