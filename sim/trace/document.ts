/** The reference of tables and columns, `docs/traces.md`. */
import { ECONOMY_TABLES } from "./economy-tables.ts";
import { EXPERIMENT_TABLES } from "./experiment.ts";
import { type ColumnSchema, type TableSchema, TRACE_TABLES } from "./schema.ts";

const HEAD = `# Traces

What a run leaves, for other tools. This page is written from the schema of the tables (\`npm run build && node scripts/write-docs.mjs\`); a
test holds it to the schema and runs its examples.

    runs/subnet-15/
      run.json           what the run was: scenario, hash, seed, rules, digests of the tables; the same bytes on every machine
      environment.json   what may differ: machine, Node, backend, time
      <table>.arrow      the tables

The tables are Apache Arrow files (the IPC file format, also called Feather 2), uncompressed. Every column carries its unit, its meaning and
its source as field metadata (\`unit\`, \`description\`, \`source\`; sources name sections of the specification); the schema carries scenario hash, seed and versions. There are no nulls.

- Amounts are \`uint64\` in **rao**: 10^9 rao are one TAO or one alpha. Sums of many amounts need more than 64 bits or doubles lose digits; the
  examples below show sums that stay exact.
- \`u16 proportion\`: x stands for x / 65535, as the chain stores it. \`I32F32\`: x stands for x / 2^32, the fixed point of the epoch.
- A **label** is text from a list that is fixed before the first row: a dictionary in Arrow, a category in pandas.
- While a run is under way, a table is an Arrow stream, \`<table>.arrows\`, that holds every whole batch; one that was cut off opens up to
  the last of them.

\`yumasim inspect RUN\` shows what is in them. DuckDB, Spark and most databases read Parquet, not Arrow files:

\`\`\`sh
yumasim export runs/subnet-15 --parquet
yumasim export runs/subnet-15 --csv --tables subnets,neurons --out tables
\`\`\`

Parquet keeps types, dictionaries, units and every digit; it needs the optional package \`parquet-wasm\`. CSV has all digits, \`true\` and
\`false\`, and an apostrophe before a name that a spreadsheet would take for a formula. Both write batch by batch, and the same table gives the same bytes.

## Examples

Run \`npm start\` first; it writes \`runs/subnet-15\`.

pandas, from pyarrow: the validators that earned most under either formula, in alpha.

\`\`\`python
import pyarrow.ipc

table = pyarrow.ipc.open_file("runs/subnet-15/neurons.arrow").read_all()
print(table.schema.field("validator_emission").metadata[b"unit"].decode())
neurons = table.to_pandas()
earned = neurons.groupby(["comparison", "hotkey"], observed=True)["validator_emission"].sum()
for (comparison, hotkey), rao in earned.nlargest(4).items():
    print(comparison, hotkey, rao)
\`\`\`

polars, lazily: the emission of every comparison, exact, in 128 bits.

\`\`\`python
import polars

neurons = polars.scan_ipc("runs/subnet-15/neurons.arrow")
sums = (
    neurons.group_by(polars.col("comparison").cast(polars.String))
    .agg(polars.col("emission").cast(polars.Int128).sum())
    .sort("comparison")
    .collect()
)
for comparison, rao in sums.iter_rows():
    print(comparison, rao)
\`\`\`

DuckDB, in SQL over Parquet (after the export above): epochs in which the first comparison pays a validator more than the second.

\`\`\`sql
SELECT a.hotkey, count(*) AS epochs, sum(a.validator_emission)::HUGEINT - sum(b.validator_emission)::HUGEINT AS rao
FROM 'runs/subnet-15/neurons.parquet' a
JOIN 'runs/subnet-15/neurons.parquet' b USING (epoch, netuid, uid)
WHERE a.comparison = 'yuma3 off' AND b.comparison = 'yuma3 on' AND a.validator_emission > b.validator_emission
GROUP BY a.hotkey
ORDER BY rao DESC, a.hotkey
LIMIT 3
\`\`\`

The same engine reads the Arrow table without an export, from Python:

\`\`\`python
import duckdb
import pyarrow.dataset

subnets = pyarrow.dataset.dataset("runs/subnet-15/subnets.arrow", format="ipc")
query = "SELECT comparison, max(epoch), sum(emission) FROM subnets GROUP BY comparison ORDER BY comparison"
for row in duckdb.sql(query).fetchall():
    print(*row)
\`\`\`

\`pandas.read_feather\` opens the files, too. R's package \`arrow\` reads the same format, \`arrow::read_feather("runs/subnet-15/neurons.arrow")\`; that is the
one line on this page that no test runs. 64-bit integers become doubles there unless the package \`bit64\` is loaded: take sums as in the examples.
`;

const SECTIONS: readonly (readonly [string, string, readonly TableSchema[]])[] = [
  [
    "Tables of epochs",
    "Of a run of epochs; of an economy for the subnets that `trace:` names ([economies.md](economies.md)).",
    TRACE_TABLES,
  ],
  ["Tables of an economy", "Sampled as often as `trace:` says.", ECONOMY_TABLES],
  ["Tables of an experiment", "Beside those of its pair of runs.", EXPERIMENT_TABLES],
];

const TAIL = `## Long runs

Reports, exports and \`inspect\` read batch by batch. The report of a run of 10 million neuron rows, its 14 million bonds beside them, takes 11 s and
365 MB at its peak on two busy cores, and its page has 2.2 MB: \`node dist/bench/report-size.js\`.

## Tables of a sweep

\`cells.arrow\` and \`summary.arrow\` have a column per parameter and metric, so their schema is that of the sweep: [sweeps.md](sweeps.md). \`export\` and \`inspect\`
take a sweep's directory as they take a run's.
`;

/** The text of the page. */
export function tracesDocument(): string {
  const sections = SECTIONS.map(
    ([title, text, tables]) => `## ${title}\n\n${text}\n\n${tables.map(tableText).join("\n")}`,
  );
  return [HEAD, ...sections, TAIL].join("\n");
}

function tableText({ name, description, columns }: TableSchema): string {
  const rows = columns.map(({ name, type, unit, description, source }: ColumnSchema) => [
    `\`${name}\``,
    type,
    unit === "none" ? "" : unit,
    source === "" ? description : `${description} (${source})`,
  ]);
  const sentence = `${description[0]!.toUpperCase()}${description.slice(1)}.`;
  return `### ${name}\n\n${sentence}\n\n${markdownTable(["column", "type", "unit", "meaning"], rows)}`;
}

/** Cells padded to the width of their column, as the formatter writes them. */
function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |\n`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |\n`;
  return line(cells[0]!) + rule + cells.slice(1).map(line).join("");
}
