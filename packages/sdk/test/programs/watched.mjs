// Under node --watch: records the number that the file named by the argument exports, and stays.
import { pathToFileURL } from 'node:url';
import { counter, defineMeters } from '@bellwether/meters';

const { number } = await import(pathToFileURL(process.argv[2]).href);
const meters = defineMeters('watched', {
  work: counter('watched.work', { unit: '{thing}', description: 'Work done' }),
});
meters.work.add(number);
setInterval(() => {}, 1_000);
console.log(`counted ${number}`);
