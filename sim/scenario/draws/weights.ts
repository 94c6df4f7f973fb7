import { stableExp } from "../../../kernels/stable-math.ts";
import { drawNormal } from "../../engine/normal.ts";
import { openStream } from "../../engine/random.ts";
import type { Distribution } from "../schema/distribution.ts";
import type { WeightRow } from "../types.ts";
import { maxUpscale } from "../upscale.ts";
import { draw } from "./distribution.ts";

/** How to draw the row of one validator. */
export interface RowDraw {
  readonly seed: string;
  readonly netuid: number;
  /** From which epoch on the row holds; it names the streams, so each epoch draws anew. */
  readonly epoch: number;
  readonly uid: number;
  /** Labels by uid; they name the streams. */
  readonly labels: readonly string[];
  /** Uids that may be weighed. */
  readonly candidates: readonly number[];
  /** How many of them are. */
  readonly targets: number;
  readonly values: Distribution<number>;
  /** Name of values that several validators see alike; undefined = this one draws its own. */
  readonly shared: string | undefined;
  /** By uid: the shared values that were drawn for an earlier row; filled by each. */
  readonly seen: Map<number, number>;
  readonly noise: number;
  /** Share of the row that goes to the best target. */
  readonly first: number | undefined;
  /** Shares of the row that go to several targets together; they have no target in common. */
  readonly shares: readonly TargetShare[] | undefined;
}

/** A share of a row, 0..1, and the uids that it goes to. */
export interface TargetShare {
  readonly uids: ReadonlySet<number>;
  readonly share: number;
}

interface Opinion {
  readonly uid: number;
  readonly value: number;
}

/** Draws a validator's opinion of every candidate, keeps the best, and scales them as the chain stores them. */
export function drawRow(how: RowDraw): WeightRow {
  const opinions = how.shared === undefined ? ownOpinions(how) : sharedOpinions(how, how.shared);
  const best = opinions.sort((a, b) => b.value - a.value || a.uid - b.uid).slice(0, how.targets);
  const first = how.first === undefined ? best : withFirstShare(best, how.first);
  const row = (how.shares === undefined ? first : withShares(first, how.shares)).sort(
    (a, b) => a.uid - b.uid,
  );
  return scaledRow(
    how.uid,
    row.map(({ uid }) => uid),
    row.map(({ value }) => value),
  );
}

/** Values that everybody who uses the name sees alike, blurred for each validator by its own noise. */
function sharedOpinions(how: RowDraw, name: string): Opinion[] {
  const noise = openStream(how.seed, entity(how, how.uid), `weights/noise/epoch-${how.epoch}`);
  return how.candidates.map((uid) => {
    const value =
      how.seen.get(uid) ?? draw(how.values, openStream(how.seed, entity(how, uid), `value/${name}`));
    how.seen.set(uid, value);
    return { uid, value: how.noise === 0 ? value : value * stableExp(how.noise * drawNormal(noise)) };
  });
}

function ownOpinions(how: RowDraw): Opinion[] {
  const stream = openStream(how.seed, entity(how, how.uid), `weights/values/epoch-${how.epoch}`);
  return how.candidates.map((uid) => ({ uid, value: draw(how.values, stream) }));
}

function entity(how: RowDraw, uid: number): string {
  return `subnet-${how.netuid}/${how.labels[uid]}`;
}

/** Gives the best target `first` of the row and leaves the rest to the others in proportion. */
function withFirstShare(best: readonly Opinion[], first: number): Opinion[] {
  const rest = best.slice(1).reduce((sum, opinion) => sum + opinion.value, 0);
  return best.map(({ uid, value }, index) => ({
    uid,
    value: index === 0 ? (rest === 0 ? 1 : first) : rest === 0 ? 0 : (value / rest) * (1 - first),
  }));
}

/** Scales the values inside each group of targets so that together they have their share. */
function withShares(best: readonly Opinion[], shares: readonly TargetShare[]): Opinion[] {
  return shares.flatMap(({ uids, share }) => {
    const group = best.filter(({ uid }) => uids.has(uid));
    const sum = group.reduce((all, { value }) => all + value, 0);
    return group.map(({ uid, value }) => ({ uid, value: sum === 0 ? 0 : (share * value) / sum }));
  });
}

/** The row of a validator with weights of any size. */
export function scaledRow(uid: number, uids: readonly number[], weights: readonly number[]): WeightRow {
  const submitted = relativeToLargest(weights);
  return { uid, uids: Uint16Array.from(uids), values: maxUpscale(submitted), submitted };
}

/** Brings values of any size into 0 .. 1. */
function relativeToLargest(values: readonly number[]): number[] {
  const largest = Math.max(...values);
  return largest === 0 ? values.map(() => 0) : values.map((value) => value / largest);
}
