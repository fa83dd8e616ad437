import { defineMeters } from '@bellwether/meters';
import { messaging } from '@bellwether/meters/presets';

/** All that the worker measures: jobs of the tenant that added them, and how full the queue is, of nobody. */
export const meters = defineMeters('worker', {
  jobs: messaging.jobs,
  jobDuration: messaging.jobDuration,
  jobWait: messaging.jobWait,
  jobsWaiting: messaging.jobsWaiting,
  jobsWaitingAge: messaging.jobsWaitingAge,
});
