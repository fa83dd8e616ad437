import { counter, defineMeters } from '@bellwether/meters';

/** All that the service counts beside requests and statements, which the SDK measures. */
export const meters = defineMeters('users', {
  created: counter('users.created', {
    unit: '{user}',
    description: 'Profiles made for customers who registered',
  }),
  profileChanges: counter('users.profile.changes', {
    unit: '{change}',
    description: 'Profiles changed by their customers',
  }),
});
