import type { Attributes } from '@opentelemetry/api';
import { sqlOperation, sqlWithoutLiterals } from '../instrumentations/db-sql.ts';
import { splitTarget } from '../instrumentations/http-query.ts';
import { outgoingUrl } from '../instrumentations/outgoing-url.ts';
import { pathWithoutSecrets } from './path-without-secrets.ts';
import type { QueryRedactor } from './query.ts';

/** Statements of these are masked already by upstream's instrumentation, and are no SQL. */
const maskedByUpstream = new Set(['mongodb']);

/** A value of an attribute, given the other attributes; `undefined` takes it away. */
type Redaction = (text: string, all: Attributes, query: QueryRedactor) => string | undefined;

const statement: Redaction = (text, all) => {
  const system = String(all['db.system.name'] ?? all['db.system'] ?? '');
  return maskedByUpstream.has(system) ? text : sqlWithoutLiterals(text, system);
};

const target: Redaction = (text, _, redact) => {
  const { path, query } = splitTarget(text);
  return pathWithoutSecrets(path) + (query === undefined ? '' : `?${redact(query)}`);
};

const address: Redaction = (text, _, redact) => {
  const url = URL.parse(text);
  if (url === null) return undefined;
  const port = url.port === '' ? undefined : Number(url.port);
  return outgoingUrl(url.protocol, url.hostname, port, text, redact);
};

const nothing: Redaction = () => undefined;

/** The attributes of upstream's instrumentations that can carry what an application or its users wrote. */
const redactions: ReadonlyMap<string, Redaction> = new Map([
  ['db.statement', statement],
  ['db.query.text', statement],
  ['url.full', address],
  ['http.url', address],
  ['http.target', target],
  ['url.path', (text) => pathWithoutSecrets(text)],
  ['url.query', (text, _, redact) => redact(text)],
  ['messaging.kafka.message.key', nothing],
  ['messaging.message.key', nothing],
  ['exception.message', nothing],
  ['db.user', nothing],
  ['enduser.id', nothing],
]);

/** Attributes as they may leave; the same object when nothing in them has to change. */
export function redactedAttributes(all: Attributes, query: QueryRedactor): Attributes {
  let copy: Attributes | undefined;
  for (const [key, value] of Object.entries(all)) {
    if (typeof value !== 'string') continue;
    const redact = redactions.get(key);
    if (redact === undefined) continue;
    copy ??= { ...all };
    const left = redact(value, all, query);
    if (left === undefined) delete copy[key];
    else copy[key] = left;
  }
  return copy ?? all;
}

/** A name that is the beginning of the statement, as those of MySQL are, can have more in it than the operation. */
export function redactedName(name: string, all: Attributes): string {
  const text = all['db.query.text'] ?? all['db.statement'];
  if (typeof text !== 'string' || !text.startsWith(name) || /^\w+$/.test(name)) return name;
  return sqlOperation(text) ?? 'query';
}
