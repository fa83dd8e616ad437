// Hot: every call of a database comes through `find`. Bench: bench/request
import { DbCallKind, type DbOperation } from './db-call-kind.ts';

/** Kinds of calls that are kept: SQL with literals in it would be a kind a call. */
const MAX_KINDS = 1_000;
/** A statement of more characters has its values in it, or a placeholder for each of many rows; a thousand such would fill the heap. */
const LONGEST_WORD = 4_000;
/** Numbers (arguments, commands of a batch) of which a kind is kept. */
const MAX_NUMBER = 32;

interface Server {
  readonly namespace: string | number | undefined;
  readonly address: string | undefined;
  readonly port: number | undefined;
  readonly kinds: Map<string, (DbCallKind | undefined)[]>;
}

/**
 * The kinds of calls that were met, by server, word (a command, a statement) and number. When there are too many, all are forgotten:
 * those in use are soon back.
 */
export class DbCallKinds {
  readonly #servers = new Map<string, Server>();
  #last: Server | undefined;
  #count = 0;

  find(
    namespace: string | number | undefined,
    address: string | undefined,
    port: number | undefined,
    word: string,
    number: number,
  ): DbCallKind | undefined {
    return this.#server(namespace, address, port).kinds.get(word)?.[number];
  }

  /** The kind of a call that was not found, kept for the next one. */
  keep(
    namespace: string | number | undefined,
    address: string | undefined,
    port: number | undefined,
    word: string,
    number: number,
    operation: DbOperation,
  ): DbCallKind {
    const kind = new DbCallKind(operation);
    if (number > MAX_NUMBER || word.length > LONGEST_WORD) return kind;
    if (this.#count >= MAX_KINDS) this.#forget();
    this.#count++;
    const { kinds } = this.#server(namespace, address, port);
    let numbered = kinds.get(word);
    if (numbered === undefined) {
      numbered = [];
      kinds.set(word, numbered);
    }
    while (numbered.length <= number) numbered.push(undefined);
    numbered[number] = kind;
    return kind;
  }

  #server(
    namespace: string | number | undefined,
    address: string | undefined,
    port: number | undefined,
  ): Server {
    const last = this.#last;
    if (
      last !== undefined &&
      last.namespace === namespace &&
      last.address === address &&
      last.port === port
    ) {
      return last;
    }
    const key = `${namespace}\n${address}\n${port}`;
    let server = this.#servers.get(key);
    if (server === undefined) {
      if (this.#servers.size >= MAX_KINDS) this.#forget();
      server = { namespace, address, port, kinds: new Map() };
      this.#servers.set(key, server);
    }
    this.#last = server;
    return server;
  }

  #forget(): void {
    this.#servers.clear();
    this.#last = undefined;
    this.#count = 0;
  }
}
