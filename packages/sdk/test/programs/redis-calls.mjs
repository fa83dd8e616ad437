// A client of Redis by `import`: redis-calls.mjs <package> <scenario>
import scenarios from './redis-scenario.cjs';

const [library, scenario] = process.argv.slice(2);
await scenarios[scenario](await import(library));
console.log('done');
