import { httpReady } from '../http-ready.ts';
import type { Service } from '../service.ts';

export const promLabelProxy: Service = {
  name: 'prom-label-proxy',
  needs: ['prometheus'],
  program: 'prom-label-proxy',
  command: (run) => ({
    file: run.program,
    args: [
      `-insecure-listen-address=127.0.0.1:${run.port('promLabelProxy')}`,
      `-upstream=http://127.0.0.1:${run.port('prometheus')}`,
      '-header-name=X-Tenant',
      '-label=tenant_id',
      '-enable-label-apis',
      '-error-on-replace',
    ],
  }),
  ready: (run) => httpReady(`http://127.0.0.1:${run.port('promLabelProxy')}/healthz`),
};
