import { defineMeters, histogram, upTo } from '@bellwether/meters';
import { messaging } from '@bellwether/meters/presets';

/** All that the worker counts: of the tenant that added the job. */
export const meters = defineMeters('worker', {
  jobs: messaging.jobs,
  jobDuration: messaging.jobDuration,
  jobWait: histogram('worker.job.wait', {
    unit: 's',
    description:
      'Time from adding a job to the start of an attempt, without the pauses before a repetition',
    boundaries: [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900],
    attributes: { queue: upTo(40) },
  }),
});
