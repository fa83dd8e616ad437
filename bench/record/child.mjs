// One implementation at one number of tenants, in a process of its own: node child.mjs <implementation> <tenants> <ms per round>
import { measure } from './measure.mjs';

const [implementation, tenants, roundMs] = process.argv.slice(2);
const { cases } = (await import(`./${implementation}.mjs`)).cases(Number(tenants));
// Every series exists and every kind was used before the first is measured: no call site is faster here than in an app.
for (const run of Object.values(cases)) run(Math.max(20_000, Number(tenants) * 4));
const results = Object.fromEntries(
  Object.entries(cases).map(([name, run]) => [name, measure(run, { roundMs: Number(roundMs) })]),
);
console.log(JSON.stringify(results));
