import { defineMeters } from '@bellwether/meters';
import { authService } from '@bellwether/meters/presets';

/** All that the service counts. The tenant is that of the key or token that was shown. */
export const meters = defineMeters('auth', authService);
