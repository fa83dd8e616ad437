import { counter, defineMeters } from '@bellwether/meters';

const meters = defineMeters('hello', {
  greetings: counter('hello.greetings', { unit: '{greeting}', description: 'Greetings said' }),
});
meters.greetings.add(1);
