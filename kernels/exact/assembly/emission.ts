// From incentive and dividends to rao and to the u16 columns (spec/epoch.md 8-9).
import * as L from "./layout";
import { safeDivide, saturatingAdd, toProportion, toRao } from "./fixed";
import { at16, at64, neurons, parameter, pointer } from "./subnet";

/** Fills SERVER_EMISSION, VALIDATOR_EMISSION and EMISSION. */
export function computeEmission(subnet: usize): void {
  const n = neurons(subnet);
  const rao = u64(parameter(subnet, L.RAO_EMISSION));
  const incentive = pointer(subnet, L.INCENTIVE_RAW);
  const dividends = pointer(subnet, L.DIVIDENDS_RAW);
  const server = pointer(subnet, L.SERVER_EMISSION);
  const validator = pointer(subnet, L.VALIDATOR_EMISSION);
  const combined = pointer(subnet, L.EMISSION);
  let sum: i64 = 0;
  for (let uid = 0; uid < n; uid++)
    sum += saturatingAdd(load<i64>(at64(incentive, uid)), load<i64>(at64(dividends, uid)));
  if (sum == 0) return emitByStake(subnet, rao);
  for (let uid = 0; uid < n; uid++) {
    const servers = load<i64>(at64(incentive, uid));
    const validators = load<i64>(at64(dividends, uid));
    const serverRao = servers == 0 ? 0 : toRao(safeDivide(servers, sum), rao);
    const validatorRao = validators == 0 ? 0 : toRao(safeDivide(validators, sum), rao);
    store<u64>(at64(server, uid), serverRao);
    store<u64>(at64(validator, uid), validatorRao);
    // Mostly a neuron has one side only, and then both together are that side.
    let amount = serverRao + validatorRao;
    if (servers != 0 && validators != 0) amount = toRao(safeDivide(saturatingAdd(servers, validators), sum), rao);
    store<u64>(at64(combined, uid), amount);
  }
}

/** Without usable weights validators earn by active stake, or by all stake when nobody is active. */
function emitByStake(subnet: usize, rao: u64): void {
  const n = neurons(subnet);
  let share = pointer(subnet, L.ACTIVE_STAKE_RAW);
  let sum: i64 = 0;
  for (let uid = 0; uid < n; uid++) sum += load<i64>(at64(share, uid));
  if (sum == 0) share = pointer(subnet, L.STAKE_WEIGHT_RAW);
  for (let uid = 0; uid < n; uid++) {
    const amount = toRao(load<i64>(at64(share, uid)), rao);
    store<u64>(at64(pointer(subnet, L.SERVER_EMISSION), uid), 0);
    store<u64>(at64(pointer(subnet, L.VALIDATOR_EMISSION), uid), amount);
    store<u64>(at64(pointer(subnet, L.EMISSION), uid), amount);
  }
}

/** Fills the u16 columns from the raw ones. */
export function computeProportions(subnet: usize): void {
  column(subnet, L.CONSENSUS_RAW, L.CONSENSUS);
  column(subnet, L.INCENTIVE_RAW, L.INCENTIVE);
  column(subnet, L.DIVIDENDS_RAW, L.DIVIDENDS);
  column(subnet, L.VALIDATOR_TRUST_RAW, L.VALIDATOR_TRUST);
}

function column(subnet: usize, rawIndex: i32, index: i32): void {
  const raw = pointer(subnet, rawIndex);
  const out = pointer(subnet, index);
  const n = neurons(subnet);
  for (let uid = 0; uid < n; uid++) store<u16>(at16(out, uid), toProportion(load<i64>(at64(raw, uid))));
}
