import { defineMeters } from '@bellwether/meters';
import { runtimeConventions } from '@bellwether/meters/conventions';
import { nodeConventions } from './node-conventions.ts';

/** The instrumentation scope of the meters of the runtime. */
export const runtimeScope = '@bellwether/sdk/runtime';

export const runtimeMeters = defineMeters(runtimeScope, {
  ...runtimeConventions,
  ...nodeConventions,
});
