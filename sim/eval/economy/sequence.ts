/** The kinds of a sequence: genesis, calls, and questions about the state at a block. */
import { blockStep } from "../../chain/coinbase/blockStep.ts";
import type { Chain, EpochRunner } from "../../chain/chain.ts";
import { InputError } from "../../errors.ts";
import type { JsonObject } from "../../json.ts";
import type { Kind } from "./family.ts";
import type { Fields } from "./fields.ts";
import { operationOf } from "./operations.ts";
import { sequenceGenesis } from "./sequenceGenesis.ts";
import { sequenceState, sequenceTrace } from "./sequenceState.ts";

/** One run in progress. */
interface Run {
  chain: Chain | null;
}

/** Blocks that one line may ask to run. */
const MOST_BLOCKS = 1_000_000;

/**
 * The kinds of all sequences of one input, told apart by `seq`.
 * @param realEpoch runs the epochs of subnets without a script
 */
export function sequenceKinds(realEpoch: EpochRunner, showsNeurons: boolean): Readonly<Record<string, Kind>> {
  const runs = new Map<number, Run>();

  /** Answers a line of a sequence once its block is reached; a second run of the same line repeats the answer. */
  const at = (fields: Fields, compute: (chain: Chain) => JsonObject): (() => JsonObject) => {
    const seq = fields.number("seq");
    const block = fields.block("block");
    const run = runs.get(seq);
    if (run === undefined)
      throw new InputError(`${fields.at("seq")}: sequence ${seq} has no seq_genesis before this line`);
    let answer: JsonObject | null = null;
    return () => {
      if (answer !== null) return answer;
      const { chain } = run;
      if (chain === null) throw new InputError(`sequence ${seq}: its seq_genesis was not computed`);
      if (block < chain.state.block || block - chain.state.block > MOST_BLOCKS)
        throw new InputError(
          `${fields.at("block")}: found ${block}; the sequence is at block ${chain.state.block}`,
        );
      while (chain.state.block < block) blockStep(chain);
      answer = compute(chain);
      return answer;
    };
  };

  return {
    seq_genesis: (fields) => {
      const run: Run = { chain: null };
      runs.set(fields.number("seq"), run);
      const build = sequenceGenesis(fields, realEpoch);
      return () => {
        run.chain = build();
        return {};
      };
    },
    seq_op: (fields) => {
      const operation = operationOf(fields);
      return at(fields, (chain) => ({ result: operation(chain) }));
    },
    seq_trace: (fields) => at(fields, sequenceTrace),
    seq_state: (fields) => at(fields, (chain) => sequenceState(chain, showsNeurons)),
  };
}
