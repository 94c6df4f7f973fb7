import { openStream, RandomStream, type StreamState } from "./random.ts";

/** The random streams of a run, opened when they are first asked for; all of them can be saved. */
export class Streams {
  readonly #seed: string;
  readonly #open = new Map<string, RandomStream>();

  /** @param saved what `save` gave for the same seed */
  constructor(seed: string, saved: readonly (readonly [string, StreamState])[] = []) {
    this.#seed = seed;
    for (const [name, state] of saved) this.#open.set(name, RandomStream.restore(state));
  }

  /** The stream of one purpose of one entity. */
  stream(entity: string, purpose: string): RandomStream {
    const name = `${entity}/${purpose}`;
    let stream = this.#open.get(name);
    if (stream === undefined) {
      stream = openStream(this.#seed, entity, purpose);
      this.#open.set(name, stream);
    }
    return stream;
  }

  /** Every open stream at its present draw. */
  save(): [string, StreamState][] {
    return [...this.#open].map(([name, stream]) => [name, stream.save()]);
  }
}
