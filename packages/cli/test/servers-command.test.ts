import { expect, test, vi } from 'vitest';
import { processContext } from '../src/context.ts';
import { runCli } from '../src/run-cli.ts';

vi.setConfig({ testTimeout: 120_000 });

async function servers(env: Record<string, string>, ...names: readonly string[]) {
  const said: string[] = [];
  const errors: string[] = [];
  let code = 0;
  await runCli(['servers', '--json', ...names], {
    ...processContext(),
    env,
    out: (text) => said.push(text),
    err: (text) => errors.push(text),
    setExitCode: (given) => {
      code = given;
    },
  });
  return { code, said: said.join('\n'), errors: errors.join('\n') };
}

test('those that are named are found, and no others', async () => {
  const mine = process.execPath;
  const env = { BELLWETHER_HELM: mine, BELLWETHER_PROMTOOL: mine };
  const { code, said } = await servers(env, 'helm', 'promtool');
  expect(code).toBe(0);
  expect(JSON.parse(said)).toMatchObject([
    { name: 'promtool', file: mine },
    { name: 'helm', file: mine },
  ]);
});

test('a name that none has is refused, with those there are', async () => {
  const { code, errors } = await servers({}, 'grafana');
  expect(code).toBe(2);
  expect(errors).toContain("'grafana'");
  expect(errors).toContain('prometheus');
});
