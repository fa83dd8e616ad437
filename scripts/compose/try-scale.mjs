import { poll } from '../start/poll.mjs';
import { askPrometheus, ordersInPostgres, ordersInPrometheus } from './ask.mjs';
import { timedRows } from './timed-rows.mjs';

const never = new AbortController().signal;
const seconds = 300;
const evaluations = 300;
const files = ['-f', 'compose.yaml', '-f', 'compose.scale.yaml'];
const askInGrafana =
  "fetch(process.env.BELLWETHER_PROMETHEUS_URL+'/api/v1/query?query=up').then(r=>r.json()).then(({data})=>console.log(data.result.length))";

/**
 * compose.scale.yaml over compose.yaml: orders through two tiers of Collectors and three receivers, one of which is killed, are those of PostgreSQL; a tenant sees
 * itself. `traffic(seconds)` orders. Gives `{ rows, containers }`: rows `{ what, seen, ok, seconds }`, and what `docker inspect` says of the services that it adds.
 */
export async function tryScale({ docker, compose }, { image, traffic }) {
  const stack = (...args) => compose(...files, ...args);
  const up = () => stack('up', '-d', '--no-build', '--wait');
  /** Who answers questions here. */
  const query = (...args) =>
    stack(...args.map((arg) => (arg === 'prometheus' ? 'thanos-query' : arg)));
  const { rows, row } = timedRows();

  const plain = (await compose('config', '--services')).split('\n');
  await stack('--progress', 'quiet', 'build', '--build-arg', 'PACKED=bellwether/packed:e2e');
  await compose('up', '-d', '--no-build', '--wait', 'postgres');
  const before = await ordersInPostgres(compose);
  await row('docker compose up --wait', async () => {
    await up();
    return { seen: 'all healthy', ok: true };
  });
  await row('orders of 30 s, in PostgreSQL and by the query', () => ordered(30));
  await row('orders of 30 s, while a receiver is killed and started again', async () => {
    const id = await stack('ps', '-q', 'thanos-receive-1');
    process.kill(Number(await docker('inspect', '--format', '{{.State.Pid}}', id)), 'SIGKILL');
    return ordered(30);
  });
  await row('every service is healthy after that', async () => {
    await up();
    return { seen: 'all healthy', ok: true };
  });
  await row("what a tenant's door says when it is asked for everybody", async () => {
    const network = `container:${await stack('ps', '-q', 'shop')}`;
    const asked = encodeURIComponent('count by (tenant_id) (commerce_orders_total)');
    const text = await docker(
      ...['run', '--rm', '--network', network, image, 'wget', '-q', '-O', '-'],
      ...['--header', 'X-Tenant: acme', `http://prom-label-proxy:8080/api/v1/query?query=${asked}`],
    );
    const seen = JSON.parse(text).data.result.map(({ metric }) => metric.tenant_id);
    return { seen: seen.join(', '), ok: seen.join() === 'acme' };
  });
  await row('series that Grafana gets where it is told to ask', async () => {
    const seen = await stack('exec', '-T', 'grafana', 'node', '-e', askInGrafana);
    return { seen, ok: Number(seen) > 5 };
  });
  await row('tenants for whom thanos-rule has recorded rules, by the query', () =>
    asked(query, `count(count by (tenant_id) ({__name__=~".+_tenant:.+", tenant_id!=""}))`),
  );
  await row('evaluations of thanos-rule that failed, with everybody there', evaluated);
  await row('alerts that thanos-rule holds up for Alertmanager', async () => {
    const alerts = 'http://127.0.0.1:9093/api/v2/alerts?filter=alertname=Watchdog';
    let found = [];
    const ok = await poll(seconds, never, async () => {
      const text = await stack('exec', '-T', 'alertmanager', 'wget', '-q', '-O', '-', alerts);
      found = JSON.parse(text);
      return found.length === 1;
    });
    return { seen: found.map(({ labels }) => labels.alertname).join(), ok };
  });
  const services = (await stack('config', '--services')).split('\n');
  const added = services.filter((name) => !plain.includes(name));
  const ids = (await stack('ps', '-q', ...added)).split('\n');
  const containers = JSON.parse(await docker('inspect', ...ids));
  await stack('down');
  return { rows, containers };

  /** A number above nothing. */
  async function asked(ask, question) {
    let seen = 0;
    const ok = await poll(seconds, never, async () => {
      seen = Number((await askPrometheus(ask, question))[0]?.value[1] ?? 0);
      return seen > 0;
    });
    return { seen: String(seen), ok };
  }

  /** A rule is not evaluated on half of the answers: those of the moment in which a receiver was away have failed, and are not looked at. */
  async function evaluated() {
    const url = 'http://127.0.0.1:10902/metrics';
    const sums = async () => {
      const text = await stack('exec', '-T', 'thanos-rule', 'wget', '-q', '-O', '-', url);
      const sum = (name) =>
        text
          .split('\n')
          .filter((line) => line.startsWith(`${name}{`))
          .reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
      return {
        all: sum('prometheus_rule_evaluations_total'),
        failed: sum('prometheus_rule_evaluation_failures_total'),
      };
    };
    const first = await sums();
    let [all, failed] = [0, 0];
    const enough = await poll(seconds, never, async () => {
      const now = await sums();
      [all, failed] = [now.all - first.all, now.failed - first.failed];
      return all >= evaluations;
    });
    return { seen: `${failed} of ${all}`, ok: enough && failed === 0 };
  }

  /** Counters begin anew with the shop, which was started again. */
  async function ordered(howLong) {
    await traffic(howLong);
    let [expected, found] = [{}, {}];
    const ok = await poll(seconds, never, async () => {
      const all = await ordersInPostgres(compose);
      expected = Object.fromEntries(
        Object.entries(all).map(([tenant, count]) => [tenant, count - (before[tenant] ?? 0)]),
      );
      found = await ordersInPrometheus(query).catch(() => ({}));
      return JSON.stringify(expected) === JSON.stringify(found);
    });
    return {
      seen: ok ? JSON.stringify(found) : `${JSON.stringify(expected)}, ${JSON.stringify(found)}`,
      ok,
    };
  }
}
