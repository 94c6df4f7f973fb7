/** Values by the epoch from which they hold. */
export class Timeline<T> {
  private readonly since: readonly number[];
  private readonly values: ReadonlyMap<number, T>;

  constructor(values: ReadonlyMap<number, T>) {
    this.values = values;
    this.since = [...values.keys()].sort((a, b) => a - b);
  }

  /** A value that holds for ever. */
  static constant<T>(value: T): Timeline<T> {
    return new Timeline(new Map([[0, value]]));
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
    return this.values.get(epoch);
  }

  /** The epoch, at most `epoch`, from which the value in force holds. */
  latest(epoch: number): number | undefined {
    let [low, high] = [0, this.since.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.since[middle]! <= epoch) low = middle + 1;
      else high = middle;
    }
    return this.since[low - 1];
  }

  /** The value in force when `epoch` runs. */
  inForce(epoch: number): T | undefined {
    const since = this.latest(epoch);
    return since === undefined ? undefined : this.values.get(since);
  }
}

/** One for all: a timeline never changes, and a subnet has hundreds without a value. */
const EMPTY = new Timeline<never>(new Map<number, never>());
