import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { httpReady } from '../http-ready.ts';
import { renderAlertmanagerConfig } from '../render-alertmanager-config.ts';
import type { Service, ServiceRun } from '../service.ts';

/** Folder with the secrets of e-mail, Slack and PagerDuty. */
const SECRETS = 'BELLWETHER_ALERTMANAGER_SECRETS';
/** Environment of the databases that the stack watches, as in compose.yaml. */
const ENVIRONMENT = 'BELLWETHER_ENVIRONMENT';

export const alertmanager: Service = {
  name: 'alertmanager',
  needs: [],
  program: 'alertmanager',
  async prepare(run) {
    const { alertmanagerConfig } = run.files;
    const { notifications, alertmanagerTiming } = run.settings;
    const secretsFolder = run.context.env[SECRETS] || '/run/secrets';
    const environment = run.context.env[ENVIRONMENT] || undefined;
    const { text, leftOut } = renderAlertmanagerConfig(readFileSync(alertmanagerConfig, 'utf8'), {
      templatesFolder: join(dirname(alertmanagerConfig), 'templates'),
      secretsFolder,
      hasFile: existsSync,
      ...(notifications !== undefined && { notifications }),
      ...(alertmanagerTiming !== undefined && { timing: alertmanagerTiming }),
      ...(environment !== undefined && { environment }),
    });
    writeFileSync(configFile(run), text);
    if (leftOut.length > 0) run.note(`not set up, so left out: ${leftOut.join(', ')}`);
  },
  command: (run) => ({
    file: run.program,
    args: [
      `--config.file=${configFile(run)}`,
      `--storage.path=${join(run.folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${run.port('alertmanager')}`,
      // One instance: without this it listens for others of a cluster on every interface.
      '--cluster.listen-address=',
      '--log.format=json',
    ],
  }),
  ready: (run) => httpReady(`http://127.0.0.1:${run.port('alertmanager')}/-/ready`),
};

const configFile = (run: ServiceRun) => join(run.folder, 'alertmanager.yaml');
