import { oneOf, upTo } from '../attributes/kinds.ts';
import { counter } from '../catalog/definition.ts';

/** Errors that somebody may have to look at. `type` is a class or code, never a message. */
export const errors = {
  errors: counter('errors.reported', {
    unit: '{error}',
    description: 'Errors by type, component and severity',
    attributes: {
      type: upTo(40),
      component: upTo(20),
      severity: oneOf('low', 'medium', 'high', 'critical'),
    },
  }),
} as const;
