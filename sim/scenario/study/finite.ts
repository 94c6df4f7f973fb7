import { leaf, type Reading } from "../schema/leaf.ts";
import { found, Unfit } from "../units.ts";

/** A finite number without a unit. */
export const finite = (description: string): Reading<number> =>
  leaf(
    (value) => {
      const number = typeof value === "bigint" ? Number(value) : value;
      if (typeof number === "number" && Number.isFinite(number)) return number;
      throw new Unfit(`${found(value)}; a number is needed`);
    },
    description,
    { type: "number" },
  );
