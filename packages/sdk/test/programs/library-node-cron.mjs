// node-cron: a job each second that works for a tenant.
import { counter, currentTenant, defineMeters, runWithTenant } from '@bellwether/meters';
import { trace } from '@opentelemetry/api';
import cron from 'node-cron';

const { jobs } = defineMeters('cron', {
  jobs: counter('cron.jobs', { unit: '{job}', description: 'Jobs done' }),
});
const task = cron.schedule('* * * * * *', async () => {
  console.log(`tenant: ${currentTenant()}, span: ${trace.getActiveSpan()}`);
  await runWithTenant('acme', () =>
    trace.getTracer('cron').startActiveSpan('close day', async (span) => {
      jobs.add(1);
      span.end();
    }),
  );
  await task.destroy();
});
