import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { failed, ok } from './row.mjs';

/** What a profile needs besides being named: `COMPOSE_PROFILES` starts a service, these make others use it. */
const switches = {
  traces: { variable: 'BELLWETHER_TRACES', value: 'tempo' },
  mail: { variable: 'BELLWETHER_CHANNELS', value: '/app/compose/channels-mailpit.json' },
  cadvisor: { variable: 'BELLWETHER_CADVISOR', value: 'on' },
  mysql: { variable: 'BELLWETHER_MYSQL', value: './prometheus/scrape-mysql.yaml' },
};

/** Files that a variable chooses. */
const chosen = {
  BELLWETHER_TRACES: (value) => [`collector/traces-${value}.yaml`, `grafana/traces-${value}.yaml`],
  BELLWETHER_CADVISOR: (value) => [`compose/scrape-${value}.yaml`],
  BELLWETHER_MYSQL: (value) => [value],
};

/** Profiles and their switches agree, what is chosen is there, and Compose takes the file. */
export async function checkSettings({ root, env, compose, known }) {
  const profiles = (env.COMPOSE_PROFILES ?? '').split(',').map((name) => name.trim());
  const rows = [];
  for (const [variable, files] of Object.entries(chosen)) {
    const value = env[variable];
    const missing = value ? files(value).filter((file) => !existsSync(join(root, file))) : [];
    if (missing.length > 0)
      rows.push(
        failed('settings', `${variable}=${value} chooses ${missing.join(' and ')}, not there`),
      );
  }
  for (const [profile, { variable, value }] of Object.entries(switches)) {
    const [on, set] = [profiles.includes(profile) || profiles.includes('*'), env[variable]];
    if (on && set !== value && !(profile === 'mail' && set))
      rows.push(
        failed(
          'settings',
          `profile ${profile} is on, but nothing uses it`,
          `Set ${variable}=${value} in .env.`,
        ),
      );
    if (!on && set === value)
      rows.push(
        failed(
          'settings',
          `${variable}=${value} needs the profile ${profile}, which is off`,
          `Add ${profile} to COMPOSE_PROFILES in .env.`,
        ),
      );
  }
  const config = known.compose ? await compose('config', '--quiet') : {};
  if (config.problem !== undefined) rows.push(failed('settings', config.problem));
  return rows.length === 0 ? [ok('settings', profiles.join(', ') || 'no profile')] : rows;
}
