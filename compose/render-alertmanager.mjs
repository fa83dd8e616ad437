// Writes Alertmanager's file for containers: as committed, without the channels that have no secret. It runs in the image of the shop.
// node render-alertmanager.mjs <folder of alertmanager.yaml> <folder of secrets> <folder to write to>
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderAlertmanagerConfig } from '../packages/cli/src/stack/render-alertmanager-config.ts';

const [committed, secrets, target] = process.argv.slice(2);
const { text, leftOut } = renderAlertmanagerConfig(
  readFileSync(join(committed, 'alertmanager.yaml'), 'utf8'),
  {
    templatesFolder: '/etc/alertmanager-templates',
    secretsFolder: '/run/secrets',
    hasFile: (path) => existsSync(path.replace('/run/secrets', secrets)),
    notifications: {
      url: 'http://notifications:8080',
      tokenFile: '/run/secrets/notifications-token',
    },
    ...(process.env.BELLWETHER_ENVIRONMENT && { environment: process.env.BELLWETHER_ENVIRONMENT }),
  },
);
writeFileSync(join(target, 'alertmanager.yaml'), text);
if (leftOut.length > 0)
  process.stdout.write(
    `channels without a secret in secrets/alertmanager: ${leftOut.join(', ')}\n`,
  );
