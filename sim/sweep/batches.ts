/** Which cells are handed to a worker together. */

/** A cell that waits. */
export interface WaitingCell {
  readonly id: string;
  /** As `CellIdentity.work`. */
  readonly work: number;
}

export interface BatchLimits {
  /** Most cells. */
  readonly cells: number;
  /** Most work, unless one cell alone is more: what is lost when the process is killed, and the grain of progress. */
  readonly work: number;
}

/** Cells in their order, cut into batches within the limits. */
export function batchesOf(cells: readonly WaitingCell[], limits: BatchLimits): string[][] {
  const batches: string[][] = [];
  let batch: string[] = [];
  let sum = 0;
  for (const { id, work } of cells) {
    if (batch.length > 0 && (batch.length >= limits.cells || sum + work > limits.work)) {
      batches.push(batch);
      [batch, sum] = [[], 0];
    }
    batch.push(id);
    sum += work;
  }
  return batch.length > 0 ? [...batches, batch] : batches;
}

/** An exact batch: little is gained beyond this, and every worker is to have some until the end. */
export function exactLimits(waiting: number, workers: number): BatchLimits {
  const cells = Math.min(16, Math.max(1, Math.ceil(waiting / (8 * workers))));
  // A second or two.
  return { cells, work: 0x1000_0000 };
}

/** A launch on a float backend: as much as it takes at once; files of so many traces can be open. */
export function floatLimits(keepTraces: boolean): BatchLimits {
  return { cells: keepTraces ? 64 : MOST_SIDE_BY_SIDE, work: 0x1_0000_0000 };
}

/** Cells that a float backend computes at a time. */
export const MOST_SIDE_BY_SIDE = 1024;
