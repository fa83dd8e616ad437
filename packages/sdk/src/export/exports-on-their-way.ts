/** The exports that were handed to the network and have no answer yet. */
export class ExportsOnTheirWay {
  readonly #sending = new Set<Promise<void>>();

  add(sending: Promise<void>): void {
    const tracked = sending.finally(() => this.#sending.delete(tracked));
    this.#sending.add(tracked);
  }

  /** Fulfilled when all that are on their way now have an answer, or none will come. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#sending);
  }
}
