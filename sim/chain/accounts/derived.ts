/** Technical accounts beside those of the subnets. Nobody signs for them. */
import type { AccountId } from "../state/network.ts";
import { FIRST_DERIVED_ACCOUNT } from "./accounts.ts";

/** Room for ids of crowdloans and leases. */
const IDS = 4_294_967_296;

/** Holds the TAO of orders that are executed together, and owns the hotkey that holds their alpha. */
export const ORDERS_COLDKEY: AccountId = FIRST_DERIVED_ACCOUNT;
export const ORDERS_HOTKEY: AccountId = FIRST_DERIVED_ACCOUNT + 1;

/** Holds what a crowdloan raised. */
export const crowdloanAccount = (id: number): AccountId => FIRST_DERIVED_ACCOUNT + IDS + id;

/** Coldkey and hotkey of a leased subnet. */
export const leaseColdkey = (id: number): AccountId => FIRST_DERIVED_ACCOUNT + 2 * IDS + 2 * id;
export const leaseHotkey = (id: number): AccountId => leaseColdkey(id) + 1;
