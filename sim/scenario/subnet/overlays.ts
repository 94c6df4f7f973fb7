/** Stakes and weights of a whole subnet, which replace what the neurons have. */
import { valuesByEpoch } from "../schema/by-epoch.ts";
import type { Subnet } from "../schema/subnet.ts";
import type { SubnetRows } from "../schema/weights.ts";
import { type Cell, cellError, columnIndex, type Table, wholeCell } from "../tables/table.ts";
import { readTable } from "../tables/read-table.ts";
import type { WeightRow } from "../types.ts";
import { parseAmount, parseNumber, Unfit, found } from "../units.ts";
import type { SubnetContext } from "./context.ts";
import type { Neurons } from "./neurons.ts";
import { resolveRow, storedRow } from "./rows.ts";
import { Timeline } from "./timeline.ts";

/** Sets the stakes of the `stakes:` file. */
export function overlayStakes(subnet: Subnet, neurons: Neurons, context: SubnetContext): void {
  if (subnet.stakes === undefined) return;
  const { name, bytes } = context.readFile(subnet.stakes.file, ["stakes", "file"]);
  const table = readTable(bytes, name);
  const index = columnIndex(table, ["uid"], ["alpha_stake", "tao_stake", "epoch"]);
  const { unit } = subnet.stakes;
  for (const [column, token, member] of [
    ["alpha_stake", "alpha", "alphaStake"],
    ["tao_stake", "TAO", "taoStake"],
  ] as const) {
    const position = index[column];
    if (position === undefined) continue;
    const series = new Map<number, Map<number, bigint>>();
    table.rows.forEach((cells, row) => {
      const uid = uidCell(table, row, "uid", cells[index.uid!], neurons);
      const epoch = epochCell(table, row, index.epoch === undefined ? undefined : cells[index.epoch]);
      const amount = inCell(table, row, column, () =>
        parseAmount(withUnit(cells[position], unit, token), [token]),
      );
      const own = series.get(uid) ?? new Map<number, bigint>();
      if (own.has(epoch))
        throw cellError(table, row, "uid", `uid ${uid} has a second line for epoch ${epoch}`);
      series.set(uid, own.set(epoch, amount));
    });
    for (const [uid, own] of series) neurons.list[uid]![member] = Timeline.of(own);
  }
}

/** A cell as an amount with its unit: its own, or the one that the scenario gives for bare numbers. */
function withUnit(cell: Cell, unit: "rao" | "token" | undefined, token: string): Cell {
  const text = typeof cell === "string" ? cell.trim() : typeof cell === "boolean" ? cell : String(cell ?? "");
  if (typeof text !== "string" || !/^[\d._]+(?:[eE][+-]?\d+)?$/.test(text)) return text;
  if (unit === undefined)
    throw new Unfit(
      `found ${text}, a number without a unit; write "${text} ${token}", or say unit: rao beside file`,
    );
  return `${text} ${unit === "rao" ? "rao" : token}`;
}

/** Sets the rows of `weights:`. */
export function overlayWeights(subnet: Subnet, neurons: Neurons, context: SubnetContext): void {
  const plan = subnet.weights;
  if (plan === undefined) return;
  const rows = isFile(plan)
    ? rowsOfFile(plan.file, neurons, context)
    : rowsOfScenario(plan, neurons, context);
  for (const [uid, series] of rows) neurons.list[uid]!.weights = Timeline.of(series);
}

type RowsByUid = Map<number, Map<number, WeightRow>>;

function isFile(plan: NonNullable<Subnet["weights"]>): plan is { readonly file: string } {
  return "file" in plan && typeof plan.file === "string";
}

function rowsOfScenario(
  plan: Exclude<NonNullable<Subnet["weights"]>, { readonly file: string }>,
  neurons: Neurons,
  context: SubnetContext,
): RowsByUid {
  const rows: RowsByUid = new Map();
  const changing = "by_epoch" in plan;
  for (const [epoch, byName] of valuesByEpoch<SubnetRows>(plan)) {
    for (const [name, row] of Object.entries(byName)) {
      const path = ["weights", ...(changing ? ["by_epoch", String(epoch)] : []), name];
      for (const uid of context.at(path, () => neurons.uids(name))) {
        const series = rows.get(uid) ?? new Map<number, WeightRow>();
        if (series.has(epoch))
          throw context.error(path, `${neurons.list[uid]!.label} has a second row for epoch ${epoch}`);
        series.set(
          epoch,
          context.at(path, () => resolveRow(row, uid, neurons)),
        );
        rows.set(uid, series);
      }
    }
  }
  return rows;
}

function rowsOfFile(file: string, neurons: Neurons, context: SubnetContext): RowsByUid {
  const { name, bytes } = context.readFile(file, ["weights", "file"]);
  const table = readTable(bytes, name);
  const index = columnIndex(table, ["validator_uid", "miner_uid", "weight"], ["epoch"]);
  const targets = new Map<
    number,
    Map<number, { line: number; pairs: [number, number][]; seen: Set<number> }>
  >();
  table.rows.forEach((cells, line) => {
    const validator = uidCell(table, line, "validator_uid", cells[index.validator_uid!], neurons);
    const miner = uidCell(table, line, "miner_uid", cells[index.miner_uid!], neurons);
    const epoch = epochCell(table, line, index.epoch === undefined ? undefined : cells[index.epoch]);
    const weight = inCell(table, line, "weight", () => weightCell(cells[index.weight!]));
    const ofValidator =
      targets.get(validator) ??
      new Map<number, { line: number; pairs: [number, number][]; seen: Set<number> }>();
    const row = ofValidator.get(epoch) ?? { line, pairs: [], seen: new Set<number>() };
    if (row.seen.has(miner))
      throw cellError(table, line, "miner_uid", `uid ${miner} stands in the row of ${validator} twice`);
    row.seen.add(miner);
    row.pairs.push([miner, weight]);
    targets.set(validator, ofValidator.set(epoch, row));
  });
  const rows: RowsByUid = new Map();
  for (const [uid, ofValidator] of targets)
    rows.set(
      uid,
      new Map(
        [...ofValidator].map(([epoch, { line, pairs }]) => [
          epoch,
          inCell(table, line, "weight", () => storedRow(uid, pairs, neurons)),
        ]),
      ),
    );
  return rows;
}

function weightCell(cell: Cell): number {
  const text = typeof cell === "string" ? cell.trim() : cell;
  const value = typeof text === "string" && /^[\d.]+(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : text;
  const weight = parseNumber(value, 0);
  if (weight > 65_535) throw new Unfit(`${found(weight)}; a weight is at most 65535`);
  return weight;
}

function uidCell(table: Table, row: number, column: string, cell: Cell, neurons: Neurons): number {
  return inCell(table, row, column, () => {
    if (cell === undefined || cell === null || cell === "")
      throw new Unfit("missing; a uid or label is needed");
    return neurons.uid(String(cell).trim());
  });
}

function epochCell(table: Table, row: number, cell: Cell): number {
  if (cell === undefined) return 0;
  const epoch = wholeCell(cell);
  if (epoch === undefined || epoch < 0)
    throw cellError(table, row, "epoch", `${found(cell)}; an epoch number is needed (0, 1, ...)`);
  return epoch;
}

function inCell<T>(table: Table, row: number, column: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Unfit) throw cellError(table, row, column, error.message);
    throw error;
  }
}
