/** The list from another beginning each turn, so that nobody is always first, or always after the same neighbour's heat. */
export const inTurn = (list, turn) => [
  ...list.slice(turn % list.length),
  ...list.slice(0, turn % list.length),
];
