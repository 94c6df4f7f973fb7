import { textWidth } from "../text/font.ts";

/** Font size of direct labels, in pixels. */
export const LABEL_SIZE = 11.5;

/** Length of the line that leads from the end of a series to its label, in pixels. */
export const LEADER_LENGTH = 14;

/**
 * Moves labels apart until they no longer overlap, as little as possible, in the order of their values and within
 * the axis as long as they fit.
 *
 * @param values where each label would like to be, in the unit of the axis.
 * @param low lower end of the axis. @param high upper end.
 * @param height height of the plot in pixels. @param gap least distance between two labels in pixels.
 * @returns a position per value, in the unit of the axis.
 */
export function spreadLabels(
  values: readonly number[],
  { low, high, height, gap }: { low: number; high: number; height: number; gap: number },
): number[] {
  const least = ((high - low) * gap) / height;
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]! || b - a);
  // Blocks of labels that touch; each is centred on the mean of the places that its labels asked for.
  const blocks: Block[] = [];
  const within = (block: Block): Block => {
    const half = ((block.members.length - 1) * least) / 2;
    return { ...block, centre: Math.max(low + half, Math.min(high - half, block.centre)) };
  };
  for (const index of order) {
    let block = within({ members: [index], centre: values[index]! });
    for (
      let below = blocks.at(-1);
      below !== undefined && bottom(block, least) - top(below, least) < least;
      below = blocks.at(-1)
    ) {
      blocks.pop();
      const members = [...below.members, ...block.members];
      block = within({ members, centre: members.reduce((sum, i) => sum + values[i]!, 0) / members.length });
    }
    blocks.push(block);
  }
  const positions = values.map(() => 0);
  for (const block of blocks) {
    block.members.forEach((index, i) => {
      positions[index] = bottom(block, least) + i * least;
    });
  }
  return positions;
}

/** Room that labels need to the right of a plot, leader included, in pixels. */
export function labelRoom(labels: readonly string[]): number {
  const widest = Math.max(0, ...labels.map((label) => textWidth(label, LABEL_SIZE)));
  return Math.ceil(widest + LEADER_LENGTH + 8);
}

interface Block {
  readonly members: readonly number[];
  readonly centre: number;
}

function bottom(block: Block, least: number): number {
  return block.centre - ((block.members.length - 1) * least) / 2;
}

function top(block: Block, least: number): number {
  return block.centre + ((block.members.length - 1) * least) / 2;
}
