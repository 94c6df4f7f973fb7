import {
  add,
  divide,
  fromU64F64,
  greater,
  mulDiv,
  shareFloat,
  subtract,
  toWhole,
} from "../../chain/staking/shareFloat.ts";
import {
  canAdd,
  emptySharePool,
  sharePoolValue,
  updateAll,
  updateOne,
} from "../../chain/staking/sharePool.ts";
import { Journal } from "../../chain/state/journal.ts";
import type { ShareFloat } from "../../chain/state/network.ts";
import type { JsonObject } from "../../json.ts";
import { economyFamily, type Kind } from "../economy/family.ts";
import { Row, type Fields } from "../economy/fields.ts";

/** [mantissa, exponent] */
const shown = (value: ShareFloat | null | undefined): string[] | null =>
  value === null ? null : [`${value?.mantissa ?? 0n}`, `${value?.exponent ?? 0n}`];

function operand(fields: Fields, member: string): ShareFloat {
  const row = new Row(fields.value(member), fields.at(member));
  return { mantissa: row.unsigned(0, 70), exponent: row.signed(1) };
}

const operations: Kind = (fields) => {
  const a = operand(fields, "a");
  const b = operand(fields, "b");
  const c = operand(fields, "c");
  return () => ({
    add: shown(add(a, b)),
    sub: shown(subtract(a, b)),
    div: shown(divide(a, b)),
    a_mul_b_div_c: shown(mulDiv(a, b, c)),
    gt: greater(a, b),
    a_to_u64: `${toWhole(a)}`,
  });
};

const OPERATIONS = ["one", "all", "sim_true", "sim_false"] as const;

const poolSequence: Kind = (fields) => {
  const keys = fields.number("keys", 0, 65_535);
  const steps = fields.objects("steps").map((step) => {
    const parsed = {
      op: step.choice("op", OPERATIONS),
      key: step.number("key", -1, 65_535),
      update: step.signed("update"),
    };
    step.done();
    return parsed;
  });
  return () => {
    const journal = new Journal();
    const pool = emptySharePool();
    const state = (): JsonObject => ({
      shared_value: `${pool.value}`,
      denominator: shown(pool.denominator),
      shares: Array.from({ length: keys }, (_, key) => shown(pool.shares.get(key))),
      values: Array.from({ length: keys }, (_, key) => `${sharePoolValue(pool, key)}`),
    });
    return {
      steps: steps.map(({ op, key, update }) => {
        if (op === "one") updateOne(journal, pool, key, update);
        else if (op === "all") updateAll(journal, pool, update);
        // The chain's answer is in the operation's name: a different answer of ours shows in the result.
        else if (canAdd(pool, update) !== (op === "sim_true")) return { can_add: op !== "sim_true" };
        return state();
      }),
    };
  };
};

/** Share pools and their decimal floats (golden/economy.md, share-pool). */
export const SHARE_POOL_FAMILY = economyFamily("share-pool", () => ({
  sf_new: (fields) => {
    const mantissa = fields.unsigned("m", 128);
    const exponent = fields.signed("e");
    return () => ({ out: shown(shareFloat(mantissa, exponent)) });
  },
  sf_from_u64f64: (fields) => {
    const bits = fields.unsigned("bits", 128);
    return () => ({ out: shown(fromU64F64(bits)) });
  },
  sf_ops: operations,
  pool_seq: poolSequence,
}));
