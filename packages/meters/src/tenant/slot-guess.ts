// Hot: runs for every tenant that is named by its id. Bench: ../instruments/record.bench.ts
const BITS_PER_CHARACTER = 4;

/**
 * Where a tenant probably is, by a few characters of its id: a table of one slot per hash, so ids whose hashes are equal displace each
 * other. Whoever asks compares the id of what is in that slot, and looks into the map when it is another.
 *
 * A string made for this request has no hash yet, and a Map computes it over the whole string: this reads five characters.
 */
export class SlotGuess {
  #slots = new Int32Array(256);
  #mask = 255;

  /** The slot that was last given to an id of this hash; 0 when there is none. */
  of(id: string): number {
    return typeof id === 'string' ? (this.#slots[hashOfId(id) & this.#mask] as number) : 0;
  }

  set(id: string, slot: number): void {
    this.#slots[hashOfId(id) & this.#mask] = slot;
  }

  /** Makes room for `tenants` of them and forgets all. */
  clear(tenants: number): void {
    const size = 2 ** Math.ceil(Math.log2(Math.max(tenants, 64) * 4));
    this.#slots = new Int32Array(size);
    this.#mask = size - 1;
  }

  /** Whether `clear` should be called for so many tenants. */
  isSmallFor(tenants: number): boolean {
    return tenants * 2 > this.#mask;
  }
}

/** A few bits of an id, to look for it in a table. Numbers up to 9999 at the end of an id are all apart. */
export function hashOfId(id: string): number {
  const { length } = id;
  if (length < 4) return hashOfShort(id);
  return (
    id.charCodeAt(length - 1) +
    (id.charCodeAt(length - 2) << BITS_PER_CHARACTER) +
    (id.charCodeAt(length - 3) << (2 * BITS_PER_CHARACTER)) +
    (id.charCodeAt(length - 4) << (3 * BITS_PER_CHARACTER)) +
    Math.imul(id.charCodeAt(0) + length, 0x9e5)
  );
}

function hashOfShort(id: string): number {
  let hash = id.length;
  for (let at = 0; at < id.length; at++) hash = (hash << BITS_PER_CHARACTER) + id.charCodeAt(at);
  return hash;
}
