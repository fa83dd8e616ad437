import { defineMeters } from '@bellwether/meters';
import { runtimeConventions } from '@bellwether/meters/conventions';
import { nodeConventions } from './node-conventions.ts';

export const runtimeMeters = defineMeters('@bellwether/sdk/runtime', {
  ...runtimeConventions,
  ...nodeConventions,
});
