/** How long things take, and how much there is of them. */
export const plans = {
  quick: {
    shopSeconds: { warm: 8, outage: 10, calm: 5 },
    rate: 15,
    settleSeconds: 90,
    series: 10_000,
    everySeconds: 5,
    loadSeconds: 20,
    mostFactor: 4,
    sizingSeconds: 120,
    exportSeconds: 5,
  },
  full: {
    shopSeconds: { warm: 20, outage: 45, calm: 15 },
    rate: 30,
    settleSeconds: 120,
    series: 20_000,
    everySeconds: 10,
    loadSeconds: 60,
    mostFactor: 16,
    sizingSeconds: 300,
    exportSeconds: 2,
  },
};
