// A client of Redis by `require`: redis-calls.cjs <package> <scenario>
const scenarios = require('./redis-scenario.cjs');

const [library, scenario] = process.argv.slice(2);
scenarios[scenario](require(library)).then(() => console.log('done'));
