import { blockEmission, HALVING_THRESHOLDS, mintable, residualLog } from "../../chain/coinbase/issuance.ts";
import { addU64 } from "../../chain/numbers/integers.ts";
import { economyFamily } from "../economy/family.ts";

/** The issuance curve (golden/economy.md, block-emission). */
export const BLOCK_EMISSION_FAMILY = economyFamily("block-emission", () => ({
  emission: (fields) => {
    // Why the case was chosen; nothing is computed from it.
    fields.text("case");
    const issuance = fields.unsigned("issuance");
    return () => ({
      residual_bits: residualLog(issuance)?.toString() ?? null,
      emission: `${blockEmission(issuance)}`,
    });
  },
  thresholds: () => () => ({
    first_issuance_of_each_lower_emission: HALVING_THRESHOLDS.map(String),
    emission: HALVING_THRESHOLDS.map((threshold) => `${blockEmission(threshold)}`),
  }),
  mint: (fields) => {
    const issuance = fields.unsigned("pallet_issuance");
    const balances = fields.unsigned("balances_issuance");
    return () => {
      const minted = mintable(issuance, balances);
      return {
        minted: `${minted}`,
        pallet_issuance_after: `${addU64(issuance, minted)}`,
        balances_issuance_after: `${addU64(balances, minted)}`,
      };
    };
  },
}));
