/** What every dispatch tests before the call's own checks (spec/calls.md 2, gates 3 to 5). The root origin skips it. */
import type { Chain, Outcome } from "../chain.ts";
import { checkTakeGate } from "../staking/takes.ts";
import type { Call } from "./dispatch.ts";

export function checkGates({ state }: Chain, { call, origin, args }: Call): Outcome {
  if (origin === "root") return null;
  if (call === "increaseTake" || call === "decreaseTake")
    return checkTakeGate(state, origin.signed, args.hotkey, args.take);
  return null;
}
