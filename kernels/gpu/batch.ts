import type { EpochInput } from "../epoch.ts";
import {
  NETWORK_FIELD_COUNT,
  NETWORK_FIELDS,
  VALIDATOR_FIELD_COUNT,
  VALIDATOR_FIELDS,
} from "./device/fields.ts";
import { keepsBonds, type Network } from "./network.ts";
import { ONE, rawProportion } from "./stake.ts";

/** Size of a batch: every network is padded to the widest. */
export interface BatchShape {
  readonly networks: number;
  readonly validators: number;
  readonly neurons: number;
}

/** The networks of a launch as dense float32 arrays, network by network, row by row. */
export interface Batch {
  readonly shape: BatchShape;
  /** Per network, validator and neuron: the u16 weight, -1 without an entry. */
  readonly weights: Float32Array;
  /** Per network, validator and neuron: the u16 bond plus 1, negative when the liquid alpha walk cannot see it, 0 without an entry. */
  readonly bonds: Float32Array;
  /** Per network, validator and neuron: the place of the entry in its weights row; empty unless a row is unsorted. */
  readonly order: Float32Array;
  /** Per network and validator: VALIDATOR_FIELDS. */
  readonly validators: Float32Array;
  /** Per network and neuron: the rank of its registration block among those of the network, from 1. */
  readonly registrations: Float32Array;
  /** Per network: NETWORK_FIELDS. */
  readonly parameters: Float32Array;
}

/** Lays the networks out for a launch. `ordered` asks for the places of entries. */
export function layOut(networks: readonly Network[], shape: BatchShape, ordered: boolean): Batch {
  const cells = shape.networks * shape.validators * shape.neurons;
  const batch: Batch = {
    shape,
    weights: new Float32Array(cells).fill(-1),
    bonds: new Float32Array(cells),
    order: new Float32Array(ordered ? cells : 0),
    validators: new Float32Array(shape.networks * shape.validators * VALIDATOR_FIELD_COUNT),
    registrations: new Float32Array(shape.networks * shape.neurons),
    parameters: new Float32Array(shape.networks * NETWORK_FIELD_COUNT),
  };
  networks.forEach((network, b) => {
    batch.parameters.set(networkFields(network.input), b * NETWORK_FIELD_COUNT);
    const registrations = [...new Set(network.input.blockAtRegistration)].sort((x, y) => (x < y ? -1 : 1));
    const rankOf = new Map(registrations.map((block, k) => [block, k + 1]));
    network.input.blockAtRegistration.forEach((block, uid) => {
      batch.registrations[b * shape.neurons + uid] = rankOf.get(block)!;
    });
    const kept = Uint8Array.from(network.input.blockAtRegistration, (block) =>
      Number(keepsBonds(network.input, block)),
    );
    network.rows.forEach((uid, i) => {
      const row = (b * shape.validators + i) * shape.neurons;
      layOutWeights(network.input, uid, batch, row);
      layOutBonds(network.input, uid, kept, batch, row);
      const fields = validatorFields(network, i, registrations);
      batch.validators.set(fields, (b * shape.validators + i) * VALIDATOR_FIELD_COUNT);
    });
  });
  return batch;
}

function layOutWeights(input: EpochInput, uid: number, batch: Batch, row: number): void {
  const { offsets, uids, values } = input.weights;
  const { weights, order } = batch;
  const start = offsets[uid]!;
  const end = offsets[uid + 1]!;
  for (let k = start; k < end; k++) {
    const target = uids[k]!;
    if (target >= input.n) continue;
    weights[row + target] = values[k]!;
    if (order.length > 0) order[row + target] = k - start;
  }
}

/** The walk of spec/epoch.md 7.5 sees an entry only if no larger uid stands before it in the row. */
function layOutBonds(input: EpochInput, uid: number, kept: Uint8Array, batch: Batch, row: number): void {
  const { offsets, uids, values } = input.bonds;
  const { bonds } = batch;
  const end = offsets[uid + 1]!;
  let largest = -1;
  for (let k = offsets[uid]!; k < end; k++) {
    const target = uids[k]!;
    if (target >= input.n || kept[target] === 0) continue;
    const entry = values[k]! + 1;
    bonds[row + target] = target > largest ? entry : -entry;
    if (target > largest) largest = target;
  }
}

function validatorFields(network: Network, i: number, registrations: readonly bigint[]): number[] {
  const { input, standing } = network;
  const uid = network.rows[i]!;
  const fields: number[] = Array.from({ length: VALIDATOR_FIELD_COUNT }, () => 0);
  fields[VALIDATOR_FIELDS.uid] = uid;
  fields[VALIDATOR_FIELDS.permit] = standing.permit[uid]!;
  fields[VALIDATOR_FIELDS.owner] = uid === input.ownerUid ? 1 : 0;
  fields[VALIDATOR_FIELDS.limit] = registrationLimit(input, uid, registrations);
  fields[VALIDATOR_FIELDS.activeStake] = Number(standing.activeStake[uid]!) / Number(ONE);
  fields[VALIDATOR_FIELDS.medianStakeHigh] = Number(standing.medianStake[uid]! >> 12n);
  fields[VALIDATOR_FIELDS.medianStakeLow] = Number(standing.medianStake[uid]! & 4095n);
  fields[VALIDATOR_FIELDS.stores] = standing.newPermit[uid]!;
  fields[VALIDATOR_FIELDS.unsorted] = network.unsorted[i]!;
  return fields;
}

/**
 * The highest rank of a registration towards which the weights of `uid` count: earlier than its last update, and not
 * later than its earliest commit. Block numbers do not fit a float; their ranks do. spec/epoch.md 5.3, 5.4.
 */
function registrationLimit(input: EpochInput, uid: number, registrations: readonly bigint[]): number {
  const updated = input.lastUpdate[uid]!;
  const committed = input.commitBlocks[uid]!;
  let limit = 0;
  let beyond = registrations.length;
  while (limit < beyond) {
    const middle = (limit + beyond) >> 1;
    const registration = registrations[middle]!;
    if (registration < updated && (!input.commitReveal || registration <= committed)) limit = middle + 1;
    else beyond = middle;
  }
  return limit;
}

function networkFields(input: EpochInput): number[] {
  // At least the smallest stake must be reached: with kappa 0 the answer is the highest score anybody gives.
  const kappa = input.kappa === 0 ? 1n : rawProportion(input.kappa);
  const oldShare = (input.bondsMovingAverage << 32n) / 1_000_000n;
  const fields: number[] = Array.from({ length: NETWORK_FIELD_COUNT }, () => 0);
  fields[NETWORK_FIELDS.kappaHigh] = Number(kappa >> 12n);
  fields[NETWORK_FIELDS.kappaLow] = Number(kappa & 4095n);
  fields[NETWORK_FIELDS.leniency] = Number(ONE - rawProportion(input.bondsPenalty)) / Number(ONE);
  fields[NETWORK_FIELDS.newShare] = Number(ONE - oldShare) / Number(ONE);
  fields[NETWORK_FIELDS.oldShare] = Number(oldShare) / Number(ONE);
  fields[NETWORK_FIELDS.alphaLow] = Number(rawProportion(input.alphaLow)) / Number(ONE);
  fields[NETWORK_FIELDS.alphaHigh] = Number(rawProportion(input.alphaHigh)) / Number(ONE);
  fields[NETWORK_FIELDS.slope] = input.alphaSigmoidSteepness / -100;
  return fields;
}
