import { readFileSync } from 'node:fs';

/** A setting of grafana/grafana.ini, as Grafana would read it. */
export function grafanaSetting(section: string, name: string): string | undefined {
  const text = readFileSync(new URL('../../../../grafana/grafana.ini', import.meta.url), 'utf8');
  const [, body = ''] = text.split(`\n[${section}]\n`);
  const [own = ''] = body.split(/\n\[/);
  return new RegExp(`^${name} = (.*)$`, 'm').exec(own)?.[1];
}
