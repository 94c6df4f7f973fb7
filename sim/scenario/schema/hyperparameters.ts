import { mapping } from "./leaf.ts";
import { U64_MAX } from "../units.ts";
import { amount, blocks, boolean, integer, perMillion, u16Proportion, u64Proportion } from "./values.ts";

/**
 * Hyperparameters of a subnet under the chain's names. Defaults are a new subnet's on mainnet (spec/subnets.md 11,
 * spec/calls.md 19), except the stake threshold: see there.
 */
export const hyperparameters = mapping({
  tempo: blocks("Length of an epoch in blocks. Default 360.", 2n, 65_535n).default(360n),
  activity_cutoff: blocks(
    "Blocks after its last weights during which a validator counts as active. Default: the chain's factor, 13.889 times the tempo (5000 blocks at tempo 360).",
    1n,
  ).optional(),
  kappa: u16Proportion(
    "Share of active stake that decides a miner's consensus weight: a ratio (50 %, 0.5) or the stored u16. Default 32767, one half.",
  ).default(32_767),
  bonds_penalty: u16Proportion(
    "How far weights above consensus count as clipped when bonds are bought: 0 % not at all, 100 % fully. Default 65535 (100 %).",
  ).default(65_535),
  bonds_moving_average: perMillion(
    "Share of the old bond that survives an epoch: a ratio (90 %) or the stored parts per million. Default 900000 (90 %).",
  ).default(900_000n),
  yuma3: boolean(
    "Yuma 3 bonds, which stay on a scale of 0 to 1 per pair. Default true, as for a new subnet.",
  ).default(true),
  liquid_alpha: boolean(
    "A bond rate of its own for each pair; has an effect only with yuma3. Default false.",
  ).default(false),
  alpha_low: u16Proportion("Slowest bond rate of liquid alpha. Default 45875 (70 %).").default(45_875),
  alpha_high: u16Proportion("Fastest bond rate of liquid alpha. Default 58982 (90 %).").default(58_982),
  alpha_sigmoid_steepness: integer(
    "Steepness of liquid alpha's sigmoid as stored: 100 stands for a slope of 1. Default 1000.",
    -32_768,
    32_767,
  ).default(1000),
  max_allowed_validators: integer("Number of validator permits. Default 64.", 0, 65_535).default(64),
  stake_threshold: amount(
    "Stake weight below which a neuron counts as having none. Default 0 rao, the compiled default; mainnet is said to use 1000 TAO.",
    ["TAO", "alpha"],
  ).default(0n),
  tao_weight: u64Proportion(
    "How much a TAO of root stake counts beside an alpha: a ratio (18 %) or the stored u64. Default 18 % as on mainnet; 100 % for an imported metagraph.",
  ).optional(),
}).describe("Hyperparameters of the subnet, under the chain's names.");

/** TaoWeight on mainnet, 0.18 (spec/calls.md 19). */
export const MAINNET_TAO_WEIGHT = 3_320_413_933_267_719_290n;

/** A weight of one: a TAO counts as much as an alpha. */
export const FULL_TAO_WEIGHT = U64_MAX;
