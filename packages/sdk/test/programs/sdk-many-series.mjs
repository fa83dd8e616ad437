// Records 9,000 series, some of them by the plain API, and ends as the argument says: by itself, or `exit`.
import { counter, defineMeters, histogram, upTo } from '@bellwether/meters';
import { metrics } from '@opentelemetry/api';

const about = { attributes: { number: upTo(3_000, 'int') }, tenant: false };
const meters = defineMeters('many', {
  sums: counter('many.sums', about),
  times: histogram('many.times', about),
});
const plain = metrics.getMeter('plain').createCounter('many.plain');
for (let number = 0; number < 3_000; number++) {
  meters.sums.add(number, { number });
  meters.times.record(number, { number });
  plain.add(number, { number });
}
console.log('done');
if (process.argv[2] === 'exit') process.exit();
