/** Where the values of one instrument's series live; a cell is a number from 1 up, 0 stands for none. */
export interface CellStore {
  /** Takes a value that was checked already. */
  record(cell: number, value: number): void;
  /** Makes room for cells 1 to `capacity - 1`. */
  grow(capacity: number): void;
  /** Sets a cell to the state before its first recording. */
  clear(cell: number): void;
}
