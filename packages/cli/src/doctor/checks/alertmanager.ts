import { type Check, fail, ok, skipped } from '../check.ts';
import { halfUpgrade } from '../half-upgrade.ts';
import { alertmanagerStatus } from '../net/alertmanager-status.ts';
import { shownUrl } from '../net/shown-url.ts';

export const alertmanager: Check = {
  id: 'alertmanager',
  group: 'alerting',
  title: 'Alertmanager answers',
  async run(context) {
    const target = context.targets.alertmanager;
    if (target === undefined) return skipped('name it by --alertmanager <url>');
    const status = await alertmanagerStatus(context, target.url);
    if (status.problem !== undefined) {
      return fail(status.problem, 'Start it, or name another one by --alertmanager <url>.');
    }
    return (
      halfUpgrade('alertmanager', shownUrl(target.url), status.version) ??
      ok(`${shownUrl(target.url)}, version ${status.version}`)
    );
  },
};
