import { startOtlpReceiver } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { completeWithSdk } from './run-with-sdk.ts';

const args = ['DE', 'de', 'FR', 'XX', 'T1', 'Germany', '<script>', '-'];

async function countries(setting: string | undefined) {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, {
    file: 'http-countries.mjs',
    args,
    env: setting === undefined ? {} : { BELLWETHER_COUNTRY_HEADER: setting },
  });
  const points = receiver.points('http.server.request.countries');
  const requests = receiver.points('http.server.request.duration');
  return {
    stderr: program.stderr,
    requests: requests.reduce((sum, { count }) => sum + (count ?? 0), 0),
    byCountry: Object.fromEntries(
      points.map(({ attributes, value }) => [
        `${attributes['tenant.id']} ${attributes['geo.country.iso_code']}`,
        value,
      ]),
    ),
  };
}

test('every request counts once under its country and tenant; what is no country is __other__', async () => {
  const { byCountry, requests, stderr } = await countries('CF-IPCountry');
  expect(byCountry).toEqual({ 'acme DE': 2, 'acme FR': 1, 'acme __other__': 5 });
  expect(requests).toBe(args.length);
  expect(stderr).toBe('');
});

test('without BELLWETHER_COUNTRY_HEADER there is no such metric', async () => {
  expect(await countries(undefined)).toMatchObject({ byCountry: {}, requests: args.length });
});

test('a name that HTTP does not allow is one line and counts as unset', async () => {
  const { byCountry, stderr } = await countries('cf ipcountry');
  expect(byCountry).toEqual({});
  expect(stderr).toContain(
    'Expected BELLWETHER_COUNTRY_HEADER to be a name that HTTP allows, got "cf ipcountry"; it counts as unset. [ERR_CONFIG_VALUE]',
  );
});
