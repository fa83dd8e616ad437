import { readCommandLine } from '../command-line.mjs';
import { duration } from '../start/duration.mjs';
import { wholeNumber } from '../start/whole-number.mjs';

const help = `npm run screenshots -- [options]

Starts the whole pipeline on loopback and a shop with three tenants under load, lets one of them have errors until a real alert fires,
logs in by the real login page with the demo logins, silences the alert in the page, and takes a picture of every view: as super
admin and as the admin of a tenant, on a desktop and a phone, light and dark. Looks at each for panels without figures, for what the
browser complains about, for what axe finds, and for what is wider than the screen. Prints a row for each.
Exit code 1 where a row is not clean. Needs Chromium on PATH, or named by BELLWETHER_CHROMIUM.

  --out DIR       where the pictures go (default: screenshots)
  --warm TIME     load before the first picture (default 6m; the alert needs about four minutes)
  --rate N        requests a second, all tenants together (default 20, at most 500)
  --docs          copy the ones that the documentation shows to docs/images/admin
  --json          print one JSON document at the end (progress goes to standard error)
  --data DIR      keep the stack's data in DIR (default: a folder that is removed at the end)
  --help          this text
`;

/** Options of `npm run screenshots`; prints help or what is wrong with them and exits where there is nothing to run. */
export function readScreenshotOptions(args) {
  return readCommandLine({
    command: 'npm run screenshots',
    help,
    args,
    options: {
      out: { type: 'string', default: 'screenshots' },
      warm: { type: 'string', default: '6m' },
      rate: { type: 'string', default: '20' },
      docs: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      data: { type: 'string' },
    },
    read: (values) => ({
      out: values.out,
      warmSeconds: duration('--warm', values.warm),
      rate: wholeNumber('--rate', values.rate, 1, 500),
      docs: values.docs,
      json: values.json,
      dataDir: values.data,
    }),
  });
}
