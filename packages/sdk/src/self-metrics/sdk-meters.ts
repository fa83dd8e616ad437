import { defineMeters } from '@bellwether/meters';
import { sdkConventions } from '@bellwether/meters/conventions';

/** What this SDK tells about itself. */
export const sdkMeters = defineMeters('@bellwether/sdk/self', sdkConventions);
