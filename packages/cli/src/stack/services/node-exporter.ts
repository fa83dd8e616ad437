import { httpReady } from '../http-ready.ts';
import type { Service } from '../service.ts';

export const nodeExporter: Service = {
  name: 'node-exporter',
  needs: [],
  program: 'node_exporter',
  command: (run) => ({
    file: run.program,
    args: [`--web.listen-address=127.0.0.1:${run.port('nodeExporter')}`, '--log.format=json'],
  }),
  ready: (run) => httpReady(`http://127.0.0.1:${run.port('nodeExporter')}/`),
};
