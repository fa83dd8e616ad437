export { auth } from './presets/auth.ts';
export { cache } from './presets/cache.ts';
export { commerce } from './presets/commerce.ts';
export { errors } from './presets/errors.ts';
export { messaging } from './presets/messaging.ts';
export { saas } from './presets/saas.ts';
