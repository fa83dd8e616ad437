/** What an up-down counter is now, for what can be read but says nothing when it changes. The totals of meters outlive a shutdown: it ends at 0. */
export class Level {
  readonly #add: (difference: number) => void;
  #last = 0;

  constructor(add: (difference: number) => void) {
    this.#add = add;
  }

  set(value: number): void {
    this.#add(value - this.#last);
    this.#last = value;
  }
}
