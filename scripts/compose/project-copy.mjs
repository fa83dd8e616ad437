import { appendFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';

/** What `docker compose`, the image builds and the scripts beside them read. */
const parts = [
  ...['compose.yaml', 'compose.backup.yaml', 'compose.services.yaml', 'compose.scale.yaml'],
  'compose',
  ...['collector', 'prometheus', 'alertmanager', 'grafana', 'thanos'],
  ...['.dockerignore', 'package.json', 'scripts', 'examples/shop/Dockerfile'],
  'examples/service/Dockerfile',
];

/** Every profile, with what makes others use it. */
const profiles = {
  COMPOSE_PROFILES: 'traces,mail,cadvisor,mysql',
  BELLWETHER_TRACES: 'tempo',
  BELLWETHER_CHANNELS: '/app/compose/channels-mailpit.json',
  BELLWETHER_CADVISOR: 'on',
  BELLWETHER_MYSQL: './prometheus/scrape-mysql.yaml',
};

/** Copies what runs in containers, so that the secrets and the .env of whoever works here stay out of it. */
export function copyProject(root, folder) {
  for (const part of parts) cpSync(join(root, part), join(folder, part), { recursive: true });
}

/** Switches all profiles on, in the way that docs/guides/compose.md says. */
export function switchProfilesOn(folder) {
  const lines = Object.entries(profiles).map(([name, value]) => `${name}=${value}\n`);
  appendFileSync(join(folder, '.env'), lines.join(''));
}
