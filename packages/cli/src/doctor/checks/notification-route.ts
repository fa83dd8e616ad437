import { parse } from 'yaml';
import { integrationsOf, isRoute, type Receiver, type Route, receiversOf } from '../alert-route.ts';
import { type Check, fail, ok, skipped, warn } from '../check.ts';
import { alertmanagerStatus } from '../net/alertmanager-status.ts';
import { fields, isText, listOf } from '../net/shape.ts';

/** Nothing is sent: the routes are followed in the configuration that Alertmanager runs with. */
export const notificationRoute: Check = {
  id: 'notification-route',
  group: 'alerting',
  title: 'An alert reaches somebody',
  needs: ['alertmanager'],
  async run(context) {
    const target = context.targets.alertmanager;
    if (target === undefined) return skipped('no Alertmanager');
    const status = await alertmanagerStatus(context, target.url);
    if (status.problem !== undefined) return skipped(status.problem);
    const config = configOf(status.config);
    if (config === undefined) return skipped('its configuration cannot be read');
    const told = (labels: Readonly<Record<string, string>>) =>
      receiversOf(config.route, labels).flatMap((name) =>
        integrationsOf(config.receivers.find((one) => one.name === name)),
      );
    const critical = told({ alertname: 'CollectorDown', severity: 'critical', team: 'platform' });
    const hint = 'Give the receiver of that route an integration: docs/guides/alerting.md.';
    if (critical.length === 0)
      return fail('a critical alert reaches nobody: its receiver has no integration', hint);
    const warning = told({
      alertname: 'CollectorQueueFilling',
      severity: 'warning',
      team: 'platform',
    });
    if (warning.length === 0)
      return warn(
        `a critical alert goes by ${critical.join(', ')}; a warning reaches nobody`,
        hint,
      );
    const heartbeat = told({ alertname: 'Watchdog', severity: 'none' });
    if (heartbeat.length === 0) {
      return warn(
        `a critical alert goes by ${critical.join(', ')}; the dead man's switch (Watchdog) reaches nobody`,
        'Give it a receiver outside of this stack: its silence is the alert.',
      );
    }
    return ok(
      `critical by ${critical.join(', ')}; warning by ${warning.join(', ')}; nothing was sent`,
    );
  },
};

interface Config {
  readonly route: Route;
  readonly receivers: readonly Receiver[];
}
const isReceiver = fields<Pick<Receiver, 'name'>>({ name: isText });
const isConfig = fields<Config>({ route: isRoute, receivers: listOf(isReceiver) });

function configOf(text: string): Config | undefined {
  try {
    const config: unknown = parse(text);
    return isConfig(config) ? config : undefined;
  } catch {
    return undefined;
  }
}
