import { join } from 'node:path';
import { httpReady } from '../http-ready.ts';
import type { Service } from '../service.ts';

export const alertmanager: Service = {
  name: 'alertmanager',
  needs: [],
  program: 'alertmanager',
  command: (run) => ({
    file: run.program,
    args: [
      `--config.file=${run.files.alertmanagerConfig}`,
      `--storage.path=${join(run.folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${run.port('alertmanager')}`,
      // One instance: without this it listens for others of a cluster on every interface.
      '--cluster.listen-address=',
      '--log.format=json',
    ],
  }),
  ready: (run) => httpReady(`http://127.0.0.1:${run.port('alertmanager')}/-/ready`),
};
