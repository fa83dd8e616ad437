import { Writable } from 'node:stream';
import {
  type AnyValue,
  type Attributes,
  type Context,
  type Logger,
  logs,
  SeverityNumber,
} from '@opentelemetry/api';
import { guard } from './guard.ts';

/** winston's own key of a level: `level` may have been coloured. */
const LEVEL = Symbol.for('level');
/** Where upstream's instrumentation keeps the context in which a record was written. */
const CONTEXT = Symbol.for('opentelemetry.js.contrib.winston.context');

const SEVERITIES: Readonly<Record<string, SeverityNumber>> = {
  emerg: SeverityNumber.FATAL3,
  alert: SeverityNumber.FATAL2,
  crit: SeverityNumber.FATAL,
  fatal: SeverityNumber.FATAL,
  error: SeverityNumber.ERROR,
  warn: SeverityNumber.WARN,
  warning: SeverityNumber.WARN,
  notice: SeverityNumber.INFO2,
  help: SeverityNumber.INFO3,
  data: SeverityNumber.INFO2,
  info: SeverityNumber.INFO,
  http: SeverityNumber.DEBUG3,
  verbose: SeverityNumber.DEBUG2,
  debug: SeverityNumber.DEBUG,
  silly: SeverityNumber.TRACE,
  trace: SeverityNumber.TRACE,
};
/** Where winston keeps what was logged beside the message, as it was. */
const SPLAT = Symbol.for('splat');
/** What a text is that an `errors()` format made of an error. */
const STACK = /^([\w$.]+)[\s\S]*\n {4}at /;
/** What a record repeats of its error. */
const ERROR_KEYS = new Set(['name', 'stack', 'cause']);
/** Fields of the record that OTLP has a place of its own for. */
const OWN_PLACES = new Set(['level', 'message', 'trace_id', 'span_id', 'trace_flags']);

interface Info {
  readonly [LEVEL]?: string;
  readonly [CONTEXT]?: Context;
  readonly [SPLAT]?: unknown;
  readonly message?: unknown;
  readonly stack?: unknown;
  readonly cause?: unknown;
}

/** A logger of winston 3. */
export interface WinstonLogger {
  readonly level?: string;
  readonly levels?: Readonly<Record<string, number>>;
  add(transport: unknown): unknown;
}

/** Sends the records of a logger by OpenTelemetry's logs, beside the transports of the application. */
export function addOtelTransport(to: WinstonLogger): void {
  to.add(new OtelTransport(logs.getLogger('@bellwether/sdk/winston')));
}

/** What winston asks of a transport: a stream of objects with `log`, which knows the logger that writes to it. */
class OtelTransport extends Writable {
  readonly #logger: Logger;
  #parent: WinstonLogger | undefined;

  constructor(logger: Logger) {
    super({ objectMode: true });
    this.#logger = logger;
    this.on('pipe', (parent: unknown) => {
      this.#parent = parent as WinstonLogger;
    });
  }

  log(info: Info, next: () => void): void {
    this.#send(info);
    next();
  }

  override _write(info: Info, _: BufferEncoding, done: () => void): void {
    this.#send(info);
    done();
  }

  readonly #send = guard('sending a record of winston', (info: Info) => {
    const level = info[LEVEL] ?? '';
    const { level: lowest = '', levels = {} } = this.#parent ?? {};
    if ((levels[level] ?? 0) > (levels[lowest] ?? Number.POSITIVE_INFINITY)) return;
    const exception = exceptionOf(info);
    const attributes = Object.entries(info).filter(
      ([key, value]) =>
        !OWN_PLACES.has(key) && !(ERROR_KEYS.has(key) && exception?.[key] === value),
    );
    this.#logger.emit({
      severityText: level,
      severityNumber: SEVERITIES[level] ?? SeverityNumber.UNSPECIFIED,
      body: info.message as AnyValue,
      exception,
      attributes: Object.fromEntries(attributes) as Attributes,
      ...(info[CONTEXT] !== undefined && { context: info[CONTEXT] }),
    });
  });
}

type Exception = Readonly<Record<string, unknown>>;

/** The error that was logged: as the record itself, beside a message, or as a format left it. */
function exceptionOf(info: Info): Exception | undefined {
  const beside: unknown[] = Array.isArray(info[SPLAT]) ? info[SPLAT] : [];
  const error = [info, ...beside].find((each) => each instanceof Error);
  if (error !== undefined) return error as unknown as Exception;
  const { message, stack, cause } = info;
  const name = typeof stack === 'string' ? STACK.exec(stack)?.[1] : undefined;
  return name === undefined ? undefined : { name, message, stack, cause };
}
