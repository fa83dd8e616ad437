import { defineMeters } from '@bellwether/meters';
import { gateway } from '@bellwether/meters/presets';

/** All that the gateway measures beside the requests themselves, which the SDK does. */
export const meters = defineMeters('gateway', gateway);
