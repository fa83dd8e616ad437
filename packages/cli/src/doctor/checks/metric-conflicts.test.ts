import { expect, test } from 'vitest';
import { conflictsOfNames } from './metric-conflicts.ts';

test.each([
  [['wait_seconds', 'wait_milliseconds'], ['wait is gauge in seconds and gauge in milliseconds']],
  [
    ['wait_seconds_bucket', 'wait_seconds_count', 'wait_milliseconds_bucket'],
    ['wait is histogram in seconds and histogram in milliseconds'],
  ],
  [['jobs_total', 'jobs_bucket'], ['jobs is counter and histogram']],
  [
    ['sent_bytes_total', 'sent_kibibytes_total'],
    ['sent is counter in bytes and counter in kibibytes'],
  ],
  // A level and its flow, and what belongs to one histogram.
  [['jobs', 'jobs_total'], []],
  [['wait_seconds_bucket', 'wait_seconds_sum', 'wait_seconds_count'], []],
  [['cpu_time_seconds_total', 'cpu_utilization_ratio', 'memory_usage_bytes'], []],
])('%o', (names, conflicts) => {
  expect(conflictsOfNames(names)).toEqual(conflicts);
});
