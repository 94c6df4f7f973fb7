/** Values by the epoch from which they hold. */
export class Timeline<T> {
  /** Ascending. */
  private readonly since: readonly number[];
  private readonly values: readonly T[];

  /** @param since ascending; timelines may share it */
  constructor(since: readonly number[], values: readonly T[]) {
    this.since = since;
    this.values = values;
  }

  static of<T>(values: ReadonlyMap<number, T>): Timeline<T> {
    const entries = [...values].sort(([a], [b]) => a - b);
    return new Timeline(
      entries.map(([epoch]) => epoch),
      entries.map(([, value]) => value),
    );
  }

  /** A value that holds for ever. */
  static constant<T>(value: T): Timeline<T> {
    return new Timeline(ALWAYS, [value]);
  }

  /** No value at any time. */
  static empty<T>(): Timeline<T> {
    return EMPTY;
  }

  /** The first epoch that has a value. */
  get first(): number | undefined {
    return this.since[0];
  }

  /** The epochs from which another value holds, ascending. */
  get epochs(): readonly number[] {
    return this.since;
  }

  /** The value that is set right before `epoch`, if one is. */
  setAt(epoch: number): T | undefined {
    return this.latest(epoch) === epoch ? this.inForce(epoch) : undefined;
  }

  /** The epoch, at most `epoch`, from which the value in force holds. */
  latest(epoch: number): number | undefined {
    const number = this.numberSince(epoch);
    return number === 0 ? undefined : this.since[number - 1];
  }

  /** The value in force when `epoch` runs. */
  inForce(epoch: number): T | undefined {
    const number = this.numberSince(epoch);
    return number === 0 ? undefined : this.values[number - 1];
  }

  /** How many values hold from `epoch` or from an earlier one on. */
  private numberSince(epoch: number): number {
    let [low, high] = [0, this.since.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.since[middle]! <= epoch) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const ALWAYS = [0];

/** One for all: a timeline never changes, and a subnet has hundreds without a value. */
const EMPTY = new Timeline<never>([], []);
