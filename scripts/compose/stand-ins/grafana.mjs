// Stands in for Grafana, whose image needs a registry: /grafana/api/health for everybody, and all else for those whose token holds as Grafana's documentation
// says that auth.jwt checks it, with the settings of the mounted grafana.ini. It reads every file that compose.yaml gives it, or ends; lists the
// dashboards, and asks the data sources that are provisioned. Nothing else of Grafana is tried by it.
// https://grafana.com/docs/grafana/latest/setup-grafana/configure-access/configure-authentication/jwt/
import { createPublicKey, verify } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { request as ask, createServer } from 'node:http';
import { join } from 'node:path';
import { openDatabase } from './grafana-database.mjs';

const ini = readIni(readFileSync('/etc/grafana/grafana.ini', 'utf8'));
const jwt = ini['auth.jwt'];
const keys = JSON.parse(readFileSync(jwt.jwk_set_file, 'utf8')).keys;
const expected = JSON.parse(jwt.expect_claims);
const { pathname: base } = new URL(process.env.GF_SERVER_ROOT_URL);
for (const name of ['GF_SECURITY_ADMIN_PASSWORD__FILE', 'GF_SECURITY_SECRET_KEY__FILE'])
  if (readFileSync(process.env[name], 'utf8').trim() === '') throw new Error(`${name} is empty`);
const dashboards = filesBelow(process.env.BELLWETHER_DASHBOARDS).map((file) =>
  JSON.parse(readFileSync(file, 'utf8')),
);
const dataSources = filesBelow('/etc/grafana/provisioning/datasources').flatMap(readDataSources);
openDatabase().exec('insert into start default values');
readFileSync('/etc/grafana/provisioning/dashboards/bellwether.yaml');

createServer((request, response) => {
  const path = request.url.startsWith(base) ? request.url.slice(base.length - 1) : undefined;
  const json = (status, value) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  if (path === '/api/health') return json(200, { database: 'ok', version: 'a stand-in' });
  const user = userOf(request.headers[jwt.header_name.toLowerCase()]);
  if (user === undefined) return json(401, { message: 'Invalid JWT' });
  if (path === '/api/search')
    return json(
      200,
      dashboards.map(({ uid, title }) => ({ uid, title })),
    );
  if (path === '/api/user') return json(200, user);
  if (path === '/api/datasources') return json(200, dataSources);
  const [, uid, rest] = /^\/api\/datasources\/proxy\/uid\/([\w-]+)(\/.*)$/.exec(path ?? '') ?? [];
  const source = dataSources.find((each) => each.uid === uid);
  if (source === undefined) return json(404, { message: 'Not found' });
  ask(`${source.url}${rest}`, (answer) => {
    response.writeHead(answer.statusCode, { 'content-type': answer.headers['content-type'] });
    answer.pipe(response);
  })
    .on('error', ({ code }) => json(502, { message: code }))
    .end();
}).listen(3000, '0.0.0.0');
process.stdout.write(
  `a stand-in for Grafana: ${dashboards.length} dashboards, ${dataSources.length} data sources\n`,
);
process.once('SIGTERM', () => process.exit(0));

/** Who a token is from; undefined for one that does not hold. */
function userOf(token) {
  const [head, body, signature] = (token ?? '').split('.');
  try {
    const { alg, kid } = decode(head);
    const key = keys.find((each) => each.kid === kid);
    const claims = decode(body);
    const now = Date.now() / 1000;
    const good =
      alg === 'ES256' &&
      verify(
        'sha256',
        Buffer.from(`${head}.${body}`),
        { key: createPublicKey({ key, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
        Buffer.from(signature, 'base64url'),
      ) &&
      claims.exp > now &&
      claims.nbf <= now &&
      claims.iat <= now &&
      Object.entries(expected).every(([name, value]) => claims[name] === value) &&
      ['Viewer', 'Editor', 'Admin'].includes(claims[jwt.role_attribute_path]);
    return good
      ? { login: claims[jwt.username_claim], role: claims[jwt.role_attribute_path] }
      : undefined;
  } catch {
    return undefined;
  }
}

function decode(part) {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}

function readIni(text) {
  const sections = {};
  let section;
  for (const line of text.split('\n')) {
    const name = /^\[(.+)\]$/.exec(line)?.[1];
    if (name !== undefined) {
      section = {};
      sections[name] = section;
    }
    const [, key, value] = /^(\w+) = (.*)$/.exec(line) ?? [];
    if (key !== undefined) section[key] = value;
  }
  return sections;
}

/** Their uids and addresses: as much of YAML as the provisioned files have. */
function readDataSources(file) {
  const text = readFileSync(file, 'utf8').replace(
    /\$(BELLWETHER_\w+)/g,
    (_, name) => process.env[name] ?? '',
  );
  return text.split(/^ {2}- /m).flatMap((part) => {
    const uid = /^ {4}uid: (\S+)$/m.exec(part)?.[1];
    const url = /^ {4}url: (\S+)$/m.exec(part)?.[1];
    return uid === undefined ? [] : [{ uid, url, traces: /datasourceUid: (\S+)/.exec(part)?.[1] }];
  });
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
