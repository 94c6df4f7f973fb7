import type { EconomyRun } from "../../data/economy/economy-run.ts";
import type { Headline } from "../report.ts";

export function economyHeadlines(_economy: EconomyRun): Headline[] {
  return [];
}
