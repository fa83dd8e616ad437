// `npm run scan-secrets`: plants secrets everywhere in a running shop and looks for them in all that leaves. See npm run scan-secrets -- --help
import { inWhichForms, scan } from './scan-secrets/find-secrets.mjs';
import { readScanOptions } from './scan-secrets/options.mjs';
import { plantSecrets } from './scan-secrets/planted.mjs';
import { renderScan } from './scan-secrets/render-scan.mjs';
import { runPlantedShop } from './scan-secrets/run-planted-shop.mjs';

const options = readScanOptions(process.argv.slice(2));
const say = (text) => process.stderr.write(`${text}\n`);

const planted = plantSecrets();
const { surfaces, requests } = await runPlantedShop({ planted, seconds: options.seconds, say });
const { found, blind } = scan({ planted, surfaces });
const result = {
  secrets: planted.secrets.length,
  variants: planted.secrets.reduce((sum, { value }) => sum + inWhichForms(value).length, 0),
  requests,
  surfaces: surfaces.map(({ name, texts, bytes }) => ({ name, texts, bytes })),
  found,
  blind,
};
process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : renderScan(result));
process.exitCode = found.length === 0 && blind.length === 0 ? 0 : 1;
