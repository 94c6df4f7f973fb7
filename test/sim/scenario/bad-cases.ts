import { NEURONS, scenarioText } from "./files.ts";

/** A scenario that is refused, and the first line of what is said about it. */
export interface BadCase {
  readonly name: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** Default s.yaml. */
  readonly scenario?: string;
  readonly set?: readonly string[];
  /** DIR stands for the directory of the files. */
  readonly message: string;
}

const bad = (name: string, text: string, message: string, more: Partial<BadCase> = {}): BadCase => ({
  name,
  message,
  ...more,
  files: { ...more.files, "s.yaml": text },
});

const withNeurons = (more: string): string => scenarioText(`${NEURONS}\n${more}`);

const snapshot = (change: object): string =>
  JSON.stringify({
    format: "metagraph/1",
    netuid: 1,
    block: 1000,
    n: 3,
    hotkeys: ["a", "b", "c"],
    stake: [10, 5.5, 0],
    weights: [{ uid: 0, to: [2], w: [1] }],
    ...change,
  });

const imported = scenarioText("    import: { metagraph: m.json }");
const badSnapshot = (name: string, contents: string, message: string): BadCase =>
  bad(name, imported, message, { files: { "m.json": contents } });

export const BAD_CASES: readonly BadCase[] = [
  bad(
    "unknown key",
    scenarioText("    hyperparameters:\n      kapa: 50 %\n" + NEURONS),
    "DIR/s.yaml:8:7: subnets[0].hyperparameters.kapa: unknown key; allowed here: tempo, activity_cutoff, kappa, bonds_penalty, bonds_moving_average, yuma3, liquid_alpha, alpha_low, alpha_high, alpha_sigmoid_steepness, max_allowed_validators, stake_threshold, tao_weight; did you mean kappa?",
  ),
  bad(
    "wrong unit",
    scenarioText("    neurons:\n      - name: a\n        alpha_stake: 5 TAO"),
    'DIR/s.yaml:9:22: subnets[0].neurons[0].alpha_stake: found "5 TAO", and "TAO" is no unit of this amount; allowed: alpha, rao; an amount of TAO stands under tao_stake',
  ),
  bad(
    "no unit",
    scenarioText("    neurons:\n      - name: a\n        alpha_stake: 5"),
    'DIR/s.yaml:9:22: subnets[0].neurons[0].alpha_stake: found 5, a number without a unit; write an amount with its unit, "100 alpha" or "100 rao"',
  ),
  bad(
    "negative stake",
    scenarioText("    neurons:\n      - name: a\n        tao_stake: -5 TAO"),
    'DIR/s.yaml:9:20: subnets[0].neurons[0].tao_stake: found "-5 TAO", an amount below zero; write an amount with its unit, "100 TAO" or "100 rao"',
  ),
  bad(
    "stake above 64 bits",
    scenarioText("    neurons:\n      - name: a\n        alpha_stake: [1 alpha, 18446744074 alpha]"),
    'DIR/s.yaml:9:32: subnets[0].neurons[0].alpha_stake[1]: found "18446744074 alpha", more than 64 bits hold; at most 18446744073709551615 rao',
  ),
  bad(
    "drawn stake above 64 bits",
    scenarioText(
      "    neurons:\n      - name: a\n        alpha_stake: { distribution: pareto, min: 18446744073 alpha, shape: 0.001 }",
    ),
    "DIR/s.yaml:9:22: subnets[0].neurons[0].alpha_stake: the draw for a is ",
  ),
  bad(
    "NaN",
    withNeurons("    weights: { validator-0: { miner-0: .nan } }"),
    "DIR/s.yaml:12:40: subnets[0].weights.validator-0.miner-0: found NaN; a number of at least 0 is needed, without a unit",
  ),
  bad(
    "weights row too long",
    withNeurons("    weights: { validator-0: [[0, 1], [1, 1], [2, 1], [3, 1], [2, 1]] }"),
    "DIR/s.yaml:12:29: subnets[0].weights.validator-0: the row has 5 entries; the subnet has 4 neurons, so at most 4",
  ),
  bad(
    "duplicate uid in pairs",
    withNeurons("    weights: { validator-0: [[2, 1], [miner-0, 1]] }"),
    "DIR/s.yaml:12:29: subnets[0].weights.validator-0: uid 2 (miner-0) stands in the row twice",
  ),
  bad(
    "duplicate uid in a mapping",
    withNeurons("    weights: { validator-0: { 2: 1, miner-0: 1 } }"),
    "DIR/s.yaml:12:29: subnets[0].weights.validator-0: uid 2 (miner-0) stands in the row twice",
  ),
  bad(
    "uid that is not there",
    withNeurons("    weights: { validator-0: { 4: 1 } }"),
    "DIR/s.yaml:12:29: subnets[0].weights.validator-0: there is no uid 4; the subnet has uids 0 to 3",
  ),
  bad(
    "label that is not there",
    withNeurons("    weights: { validator-0: { minor-0: 1 } }"),
    'DIR/s.yaml:12:29: subnets[0].weights.validator-0: there is no neuron "minor-0"; known: validator, miner, validator-0, validator-1, miner-0, miner-1, or a uid; did you mean miner-0?',
  ),
  bad(
    "weight above 65535",
    withNeurons("    weights: { validator-0: { miner-0: 65536 } }"),
    "DIR/s.yaml:12:40: subnets[0].weights.validator-0.miner-0: found 65536; a weight is at most 65535, only its relation to the others counts",
  ),
  bad(
    "owner that is not there",
    withNeurons("    owner: validator-2"),
    'DIR/s.yaml:12:12: subnets[0].owner: there is no neuron "validator-2"; known: validator, miner, validator-0, validator-1, miner-0, miner-1, or a uid; did you mean validator-0?',
  ),
  bad(
    "unknown protocol",
    withNeurons("").replace("subtensor-425", "subtensor-424"),
    'DIR/s.yaml:2:11: protocol: found "subtensor-424"; allowed: subtensor-425; did you mean subtensor-425?',
  ),
  bad(
    "missing title",
    "protocol: subtensor-425\nepochs: 1\nsubnets: []\n",
    "DIR/s.yaml:1:1: title: missing; a text is needed",
  ),
  bad(
    "no neurons",
    scenarioText(""),
    "DIR/s.yaml:5:5: subnets[0]: has no neurons; give neurons: or import: {metagraph: FILE}",
  ),
  bad(
    "neurons and import",
    withNeurons("    import: { metagraph: m.json }"),
    "DIR/s.yaml:5:5: subnets[0]: has both neurons and import; keep one of them",
  ),
  bad(
    "float where a whole number is needed",
    withNeurons("").replace("epochs: 10", "epochs: 1e3"),
    "DIR/s.yaml:3:9: epochs: found 1000; a whole number is needed, 1 to 10000000",
  ),
  bad(
    "integer 1 as ratio",
    withNeurons("    hyperparameters: { kappa: 1 }"),
    'DIR/s.yaml:12:31: subnets[0].hyperparameters.kappa: found 1, which could mean 1/65535 or 100 %; write "1 u16" or "100 %"',
  ),
  bad(
    "two neurons of one name",
    scenarioText("    neurons: [{ name: a }, { name: a, count: 2 }]"),
    "DIR/s.yaml:7:36: subnets[0].neurons[1].name: another neuron or group is named a; names differ",
  ),
  bad(
    "list of the wrong length",
    scenarioText("    neurons: [{ name: a, count: 3, alpha_stake: [1 alpha, 2 alpha] }]"),
    "DIR/s.yaml:7:49: subnets[0].neurons[0].alpha_stake: lists 2 amounts; the group has 3 neurons",
  ),
  bad(
    "unknown distribution",
    scenarioText(
      "    neurons: [{ name: a, alpha_stake: { distribution: lognormal, median: 1 alpha, sigma: 1 } }]",
    ),
    'DIR/s.yaml:7:39: subnets[0].neurons[0].alpha_stake: found "lognormal" as distribution; allowed: a mapping with distribution: constant, uniform, normal, log-normal, pareto, exponential, empirical; did you mean log-normal?',
  ),
  bad(
    "member of another distribution",
    scenarioText(
      "    neurons: [{ name: a, alpha_stake: { distribution: normal, mean: 1 alpha, sigma: 1 } }]",
    ),
    'DIR/s.yaml:7:39: subnets[0].neurons[0].alpha_stake.deviation: missing; write an amount with its unit, "1',
  ),
  bad(
    "too many targets",
    scenarioText(
      "    neurons: [{ name: a, weights: { drawn: { targets: 2, values: { distribution: constant, value: 1 } } } }, { name: m }]",
    ),
    "DIR/s.yaml:7:55: subnets[0].neurons[0].weights.drawn.targets: asks for 2 targets; a can weigh 1 neurons",
  ),
  bad(
    "shares above 100 %",
    scenarioText(
      "    neurons: [{ name: a, weights: { drawn: { targets: all, among: [m, o], values: { distribution: constant, value: 1 }, shares: { m: 60 %, o: 50 % } } } }, { name: m, count: 2 }, { name: o }]",
    ),
    "DIR/s.yaml:7:129: subnets[0].neurons[0].weights.drawn.shares: come to 110 %; allowed: at most 100 %",
  ),
  bad(
    "shares that leave a rest to nobody",
    scenarioText(
      "    neurons: [{ name: a, weights: { drawn: { targets: all, among: [m, o], values: { distribution: constant, value: 1 }, shares: { m: 60 %, o: 30 % } } } }, { name: m, count: 2 }, { name: o }]",
    ),
    "DIR/s.yaml:7:129: subnets[0].neurons[0].weights.drawn.shares: come to 90 %, and nobody is left who could have the rest; allowed: 100 %",
  ),
  bad(
    "two shares of one neuron",
    scenarioText(
      "    neurons: [{ name: a, weights: { drawn: { targets: all, among: [m, o], values: { distribution: constant, value: 1 }, shares: { m: 60 %, m-1: 30 % } } } }, { name: m, count: 2 }, { name: o }]",
    ),
    "DIR/s.yaml:7:145: subnets[0].neurons[0].weights.drawn.shares.m-1: m-1 has a share already",
  ),
  bad(
    "share of a neuron that is not weighed",
    scenarioText(
      "    neurons: [{ name: a, weights: { drawn: { targets: all, among: [m, o], values: { distribution: constant, value: 1 }, shares: { a: 60 % } } } }, { name: m, count: 2 }, { name: o }]",
    ),
    "DIR/s.yaml:7:134: subnets[0].neurons[0].weights.drawn.shares.a: a is not among those that are weighed",
  ),
  bad(
    "share of an unknown group",
    scenarioText(
      "    neurons: [{ name: a, weights: { drawn: { targets: all, among: [m, o], values: { distribution: constant, value: 1 }, shares: { x: 60 % } } } }, { name: m, count: 2 }, { name: o }]",
    ),
    'DIR/s.yaml:7:134: subnets[0].neurons[0].weights.drawn.shares.x: there is no neuron "x"; known: a, m, o, a, m-0, m-1, o, or a uid; did you mean a?',
  ),
  bad(
    "shares beside first",
    scenarioText(
      "    neurons: [{ name: a, weights: { drawn: { targets: all, among: [m, o], values: { distribution: constant, value: 1 }, shares: { m: 60 % }, first: 50 % } } }, { name: m, count: 2 }, { name: o }]",
    ),
    "DIR/s.yaml:7:149: subnets[0].neurons[0].weights.drawn.first: first and shares both divide the row; keep one of them",
  ),
  bad(
    "sizes of a divided stake that are all 0",
    scenarioText(
      "    neurons: [{ name: a, alpha_stake: { total: 5 alpha, shares: { distribution: constant, value: 0 } } }]",
    ),
    "DIR/s.yaml:7:39: subnets[0].neurons[0].alpha_stake: all sizes that were drawn are 0; give shares that are not",
  ),
  bad(
    "restake on an unknown group",
    scenarioText("    neurons: [{ name: a, alpha_stake: 1 alpha, restake: b }]"),
    'DIR/s.yaml:7:57: subnets[0].neurons[0].restake: there is no neuron "b"; known: a, a, or a uid; did you mean a?',
  ),
  bad(
    "restake beside stakes by epoch",
    scenarioText(
      "    neurons: [{ name: a, alpha_stake: { by_epoch: { 0: 1 alpha, 3: 2 alpha } } }, { name: b, restake: a }]",
    ),
    "DIR/s.yaml:7:14: subnets[0].neurons: a has stakes by epoch; with restake they follow from what is paid, so give only those of epoch 0",
  ),
  bad(
    "emission of a stake above 100 %",
    scenarioText(NEURONS).replace("100 alpha", "{ of_stake: 110 % }"),
    'DIR/s.yaml:6:27: subnets[0].emission.of_stake: found "110 %"; write a ratio between 0 and 1, "50 %" or 0.5',
  ),
  bad(
    "by_epoch without epoch 0",
    scenarioText("    neurons: [{ name: a, alpha_stake: { by_epoch: { 5: 1 alpha } } }]"),
    "DIR/s.yaml:7:51: subnets[0].neurons[0].alpha_stake.by_epoch: says nothing about epoch 0; give a value for it",
  ),
  bad(
    "by_epoch with a key that is no epoch",
    scenarioText("    neurons: [{ name: a, alpha_stake: { by_epoch: { 0: 1 alpha, later: 2 alpha } } }]"),
    "DIR/s.yaml:7:65: subnets[0].neurons[0].alpha_stake.by_epoch.later: an epoch number is needed as key (0, 1, ...)",
  ),
  bad(
    "comparison of an unknown path",
    `${withNeurons("")}compare: [{ name: x, set: { "subnets[0].hyperparameters.yuma4": true } }]\n`,
    "DIR/s.yaml:13:29: subnets[0].hyperparameters.yuma4: unknown key; allowed here: tempo, ",
  ),
  bad(
    "comparison outside the subnets",
    `${withNeurons("")}compare: [{ name: x, set: { epochs: 5 } }]\n`,
    "DIR/s.yaml:13:29: compare[0].set.epochs: no path below subnets, variant; write it like subnets[0].hyperparameters.yuma3",
  ),
  bad(
    "two comparisons of one name",
    `${withNeurons("")}compare: [{ name: x, set: {} }, { name: x, set: {} }]\n`,
    'DIR/s.yaml:13:41: compare[1].name: found "x" a second time; names differ',
  ),
  bad(
    "two subnets",
    withNeurons("") + "  - netuid: 2\n    emission: 1 alpha\n    neurons: [{ name: a }]\n",
    "DIR/s.yaml:5:3: subnets: holds several subnets; a scenario runs one",
  ),

  bad(
    "--set to an unknown path",
    withNeurons(""),
    "--set subnets[0].hyperparams.kappa=0.5: subnets[0].hyperparams: unknown key; allowed here: netuid, emission, start_block, owner, set_weights, hyperparameters, neurons, import, stakes, weights, drift, delays, bond_resets; did you mean hyperparameters?",
    {
      set: ["subnets[0].hyperparams.kappa=0.5"],
    },
  ),
  bad(
    "--set of a wrong value",
    withNeurons(""),
    '--set subnets[0].hyperparameters.kappa=half: subnets[0].hyperparameters.kappa: found "half"; write a ratio ("50 %" or 0.5) or the integer that the chain stores (0 to 65535, "1 u16" for a single one)',
    {
      set: ["subnets[0].hyperparameters.kappa=half"],
    },
  ),
  bad(
    "--set past the end of a list",
    withNeurons(""),
    "--set subnets[1].netuid=3: subnets[1].netuid: subnets is a list of 1; give an index, subnets[0] to subnets[0]",
    {
      set: ["subnets[1].netuid=3"],
    },
  ),
  bad(
    "--set below a single value",
    withNeurons(""),
    "--set epochs.many=3: epochs.many: epochs is a single value and has no part many",
    {
      set: ["epochs.many=3"],
    },
  ),
  bad(
    "--set without a value",
    withNeurons(""),
    "--set epochs: write path=value, for example subnets[0].hyperparameters.kappa=0.5",
    {
      set: ["epochs"],
    },
  ),
  bad("--set with broken YAML", withNeurons(""), "--set epochs=[1: no valid YAML: ", { set: ["epochs=[1"] }),

  bad(
    "missing file",
    scenarioText("    import: { metagraph: none.json }"),
    "DIR/s.yaml:7:26: subnets[0].import.metagraph: there is no file DIR/none.json",
  ),
  { name: "missing scenario", files: {}, message: "DIR/s.yaml: there is no file DIR/s.yaml" },
  {
    name: "directory as scenario",
    files: { "s.yaml/x": "" },
    message: "DIR/s.yaml: DIR/s.yaml is a directory; name a file",
  },
  bad("empty file", "", "DIR/s.yaml: is empty; `yumasim init` writes a scenario to start from"),
  bad(
    "file of comments",
    "# nothing\n\n",
    "DIR/s.yaml: is empty; `yumasim init` writes a scenario to start from",
  ),
  bad("list as scenario", "- title: x\n", "DIR/s.yaml:1:1: found a list; a mapping (key: value) is needed"),
  bad("text as scenario", "hello\n", 'DIR/s.yaml:1:1: found "hello"; a mapping (key: value) is needed'),
  {
    name: "bytes that are no text",
    files: { "s.yaml": Uint8Array.of(0xff, 0xfe, 0x80) },
    message: "DIR/s.yaml: is no UTF-8 text",
  },
  bad(
    "duplicate keys",
    "title: a\nepochs: 1\ntitle: b\n",
    "DIR/s.yaml:3:1: key title stands here a second time; a key may stand once",
  ),
  bad(
    "tabs",
    "title: a\nsubnets:\n\t- netuid: 1\n",
    "DIR/s.yaml:3:1: a tab stands in the indentation; YAML allows spaces only",
  ),
  bad("broken YAML", "title: [a\n", "DIR/s.yaml:2:1: no valid YAML: "),
  bad(
    "two documents",
    "title: a\n---\ntitle: b\n",
    "DIR/s.yaml:2:1: a second document begins here; a scenario is one document",
  ),
  bad("unknown tag", "title: !!js/function 'x'\n", "DIR/s.yaml:1:8: no valid YAML: "),
  bad("alias without anchor", "title: *nothing\n", "DIR/s.yaml:1:8: "),
  bad(
    "alias inside its own anchor",
    "title: &a [*a]\n",
    "DIR/s.yaml:1:12: alias *a has no finished anchor &a before it",
  ),
  bad("key that is a list", "? [a]\n: b\n", "DIR/s.yaml:1:3: a key must be a plain word or number"),
  bad("prototype as key", "__proto__: {}\n", "DIR/s.yaml:1:1: unknown key __proto__"),
  bad(
    "deep nesting",
    `title: ${"[".repeat(100)}${"]".repeat(100)}\n`,
    "DIR/s.yaml:1:72: nested more than 64 levels deep, which no scenario needs",
  ),
  bad("nesting that breaks the parser", `title: ${"[".repeat(200_000)}`, "DIR/s.yaml"),
  bad(
    "merge of a single value",
    "title: { <<: 5 }\n",
    "DIR/s.yaml:1:14: << takes over the keys of a mapping, given by its alias (<<: *name), or of several (<<: [*one, *other])",
  ),
  bad(
    "merge of a list with a single value",
    "title: { <<: [{}, 5] }\n",
    "DIR/s.yaml:1:19: << takes over the keys of a mapping",
  ),

  bad(
    "CSV with a bad cell",
    withNeurons("    weights: { file: w.csv }"),
    'w.csv:4: weight: found "1,5"; a number of at least 0 is needed, without a unit',
    { files: { "w.csv": 'validator_uid,miner_uid,weight\n0,2,1\n# comment\n0,3,"1,5"\n' } },
  ),
  bad(
    "CSV with NaN",
    withNeurons("    weights: { file: w.csv }"),
    'w.csv:2: weight: found "NaN"; a number of at least 0 is needed, without a unit',
    { files: { "w.csv": "validator_uid,miner_uid,weight\n0,2,NaN\n" } },
  ),
  bad(
    "CSV with an unknown column",
    withNeurons("    weights: { file: w.csv }"),
    'w.csv: unknown column "miner"; allowed: validator_uid, miner_uid, weight, epoch; did you mean miner_uid?',
    {
      files: { "w.csv": "validator_uid,miner,weight\n0,2,1\n" },
    },
  ),
  bad(
    "CSV without a needed column",
    withNeurons("    weights: { file: w.csv }"),
    "w.csv: column weight is missing; needed: validator_uid, miner_uid, weight",
    {
      files: { "w.csv": "validator_uid,miner_uid\n0,2\n" },
    },
  ),
  bad(
    "CSV with a short line",
    withNeurons("    weights: { file: w.csv }"),
    "w.csv:3: has 2 cells; the header names 3 columns (validator_uid, miner_uid, weight)",
    {
      files: { "w.csv": "validator_uid,miner_uid,weight\n0,2,1\n0,3\n" },
    },
  ),
  bad(
    "CSV with an open quote",
    withNeurons("    weights: { file: w.csv }"),
    "w.csv:2: a quoted cell is not closed",
    {
      files: { "w.csv": 'validator_uid,miner_uid,weight\n0,2,"1\n' },
    },
  ),
  bad(
    "CSV with a uid twice in a row",
    withNeurons("    weights: { file: w.csv }"),
    "w.csv:3: miner_uid: uid 2 stands in the row of 0 twice",
    {
      files: { "w.csv": "validator_uid,miner_uid,weight\n0,2,1\n0,2,1\n" },
    },
  ),
  bad(
    "CSV with a uid out of range",
    withNeurons("    weights: { file: w.csv }"),
    "w.csv:2: miner_uid: there is no uid 4; the subnet has uids 0 to 3",
    {
      files: { "w.csv": "validator_uid,miner_uid,weight\n0,4,1\n" },
    },
  ),
  bad(
    "empty CSV",
    withNeurons("    weights: { file: w.csv }"),
    "w.csv: is empty; a header line with the column names is needed",
    {
      files: { "w.csv": "" },
    },
  ),
  bad(
    "stakes file without units",
    withNeurons("    stakes: { file: s.csv }"),
    's.csv:2: alpha_stake: found 5, a number without a unit; write "5 alpha", or say unit: rao beside file',
    {
      files: { "s.csv": "uid,alpha_stake\n0,5\n" },
    },
  ),
  bad("JSON that breaks off", withNeurons("    weights: { file: w.json }"), "w.json: no valid JSON: ", {
    files: { "w.json": '[{"validator_uid": 0' },
  }),
  bad(
    "JSON that is no table",
    withNeurons("    weights: { file: w.json }"),
    "w.json: a list of objects is needed, one for each row",
    {
      files: { "w.json": "{}" },
    },
  ),
  bad("Arrow that is none", withNeurons("    weights: { file: w.arrow }"), "w.arrow: ", {
    files: { "w.arrow": "no arrow" },
  }),
  bad(
    "file of an unknown kind",
    withNeurons("    weights: { file: w.xls }"),
    "w.xls: the name must end in .csv, .json, .arrow or .arrows, which says how to read it",
    {
      files: { "w.xls": "x" },
    },
  ),

  badSnapshot(
    "metagraph target out of range",
    snapshot({ weights: [{ uid: 0, to: [1, 3], w: [0.5, 0.5] }] }),
    "m.json: weights[0].to[1]: found 3; a uid from 0 to 2 is needed",
  ),
  badSnapshot(
    "metagraph row of a uid out of range",
    snapshot({ weights: [{ uid: 7, to: [], w: [] }] }),
    "m.json: weights[0].uid: found 7; a uid from 0 to 2 is needed",
  ),
  badSnapshot(
    "metagraph with a uid twice",
    snapshot({ weights: [{ uid: 0, to: [1, 1], w: [1, 1] }] }),
    "m.json: weights[0].to[1]: uid 1 stands in the row twice",
  ),
  badSnapshot(
    "metagraph with two rows of a uid",
    snapshot({
      weights: [
        { uid: 0, to: [], w: [] },
        { uid: 0, to: [], w: [] },
      ],
    }),
    "m.json: weights[1].uid: uid 0 has a second row",
  ),
  badSnapshot(
    "metagraph with too few weights",
    snapshot({ weights: [{ uid: 0, to: [1, 2], w: [1] }] }),
    "m.json: weights[0].w: has 1 entries; 2 are needed",
  ),
  badSnapshot(
    "metagraph with negative stake",
    snapshot({ stake: [1, -2, 3] }),
    "m.json: stake[1]: found -2; a number of at least 0 is needed",
  ),
  badSnapshot(
    "metagraph with too few stakes",
    snapshot({ stake: [1] }),
    "m.json: stake: has 1 entries; 3 are needed",
  ),
  badSnapshot(
    "metagraph with a stake above 64 bits",
    snapshot({ stake: [1e11, 0, 0] }),
    "m.json: stake[0]: 100000000000 TAO is more than 64 bits of rao hold",
  ),
  badSnapshot(
    "metagraph of another format",
    snapshot({ format: "metagraph/2" }),
    'm.json: format: found "metagraph/2"; allowed: "metagraph/1"',
  ),
  badSnapshot(
    "metagraph with a hotkey twice",
    snapshot({ hotkeys: ["a", "b", "a"] }),
    "m.json: hotkeys: the same hotkey holds two uids",
  ),
  badSnapshot("metagraph that is no JSON", "hello", "m.json: no valid JSON: "),
  bad("metagraph of damaged gzip", imported, "m.json: is a damaged gzip file", {
    files: { "m.json": Uint8Array.of(0x1f, 0x8b, 8, 0, 0) },
  }),
];
