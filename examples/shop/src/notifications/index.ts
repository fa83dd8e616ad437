export { notificationMeters } from './notification-meters.ts';
