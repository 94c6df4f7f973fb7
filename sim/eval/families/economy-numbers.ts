import {
  checkedDiv,
  checkedMul,
  convert,
  fromInteger,
  I32F32,
  I64F64,
  I96F32,
  safeDiv,
  saturatingAdd,
  saturatingMul,
  saturatingSub,
  toI64,
  toU16,
  toU64,
  U64F64,
  U96F32,
  type FixedType,
} from "../../chain/numbers/fixed.ts";
import { perquintillFromRational, perquintillMulHalfUp } from "../../chain/numbers/integers.ts";
import { exp, ln, log2 } from "../../chain/numbers/transcendental.ts";
import type { JsonObject } from "../../json.ts";
import { economyFamily, type Kind } from "../economy/family.ts";
import { integerText, type Fields } from "../economy/fields.ts";

const TYPES = [I32F32, I64F64, U64F64, U96F32, I96F32] as const;

function typeOf(fields: Fields): FixedType {
  const name = fields.choice(
    "type",
    TYPES.map((type) => type.name),
  );
  return TYPES.find((type) => type.name === name) ?? I32F32;
}

const raw = (fields: Fields, member: string, type: FixedType): bigint =>
  integerText(fields.value(member), fields.at(member), type.min, type.max);

const text = (value: bigint | null): string | null => value?.toString() ?? null;

function arithmetic(type: FixedType, a: bigint, b: bigint): JsonObject {
  const conversions = TYPES.map((to) => [`to_${to.name}`, `${convert(type, to, a)}`] as const);
  return {
    sat_add: `${saturatingAdd(type, a, b)}`,
    sat_sub: `${saturatingSub(type, a, b)}`,
    sat_mul: `${saturatingMul(type, a, b)}`,
    checked_mul: text(checkedMul(type, a, b)),
    checked_div: text(checkedDiv(type, a, b)),
    safe_div: `${safeDiv(type, a, b)}`,
    to_u64: `${toU64(type, a)}`,
    to_i64: `${toI64(type, a)}`,
    to_u16: `${toU16(type, a)}`,
    ...Object.fromEntries(conversions),
  };
}

/** A function of one raw value. */
const unary =
  (compute: (type: FixedType, a: bigint) => bigint | null): Kind =>
  (fields) => {
    const type = typeOf(fields);
    const a = raw(fields, "a", type);
    return () => ({ out: text(compute(type, a)) });
  };

/** Fixed point, transcendental functions and parts-per-something (golden/economy.md, economy-numbers). */
export const ECONOMY_NUMBERS_FAMILY = economyFamily("economy-numbers", () => ({
  arith: (fields) => {
    const type = typeOf(fields);
    const a = raw(fields, "a", type);
    const b = raw(fields, "b", type);
    return () => arithmetic(type, a, b);
  },
  from_u64: (fields) => {
    const type = typeOf(fields);
    const n = fields.unsigned("n");
    return () => ({ out: `${fromInteger(type, n)}` });
  },
  exp: unary(exp),
  log2: unary(log2),
  ln_unused: unary(ln),
  perquintill_from_rational: (fields) => {
    const p = fields.unsigned("p", 128);
    const q = fields.unsigned("q", 128);
    return () => ({ parts: `${perquintillFromRational(p, q)}` });
  },
  perquintill_mul_round_half_up: (fields) => {
    const parts = fields.unsigned("parts");
    const value = fields.unsigned("value", 128);
    return () => ({ out: `${perquintillMulHalfUp(parts, value)}` });
  },
}));
