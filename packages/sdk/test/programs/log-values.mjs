// Values of all kinds in log records: LOGGER says by which API.
import { logs } from '@opentelemetry/api';

class PaymentError extends Error {
  name = 'PaymentError';
}
const declined = () => {
  const error = new PaymentError('declined', { cause: new TypeError('no card, password=hunter2') });
  error.order = 7;
  return error;
};
const url = new URL('https://a.example/b');
const self = { name: 'loop' };
self.self = self;
const fields = {
  date: new Date(0),
  never: new Date(Number.NaN),
  map: new Map([['a', new Date(1)]]),
  set: new Set(['a', 1]),
  bytes: Buffer.from('ab'),
  floats: new Float32Array([0.5]),
  small: 7n,
  large: 2n ** 80n,
  symbol: Symbol('s'),
  work: () => {},
  nested: { work: () => {}, date: new Date(0) },
  url,
  expression: /a+/,
  nobody: Object.assign(Object.create(null), { a: 1 }),
  self,
  money: { toJSON: () => '12.50' },
  breaks: {
    get password() {
      throw new Error('a getter');
    },
    left: 1,
  },
};

const ways = {
  async api() {
    const logger = logs.getLogger('app');
    logger.emit({ body: 'fields', attributes: fields });
    logger.emit({ body: { ...fields, error: declined() } });
    logger.emit({ body: declined() });
    logger.emit({ body: 'failed', attributes: { err: declined(), area: 'web' } });
    logger.emit({ body: 'exception', exception: declined() });
    logger.emit({ body: 'said', exception: 'password=hunter2' });
  },
  async pino() {
    const { default: pino } = await import('pino');
    const log = pino();
    log.error(declined());
    log.error({ err: declined(), date: new Date(0) }, 'failed');
  },
  async winston() {
    const { default: winston } = await import('winston');
    const { combine, errors, json } = winston.format;
    const to = (...formats) =>
      winston.createLogger({
        format: combine(...formats),
        transports: [new winston.transports.Console()],
      });
    const log = to(json());
    log.error(declined());
    log.error('failed:', declined());
    log.error('failed', { err: declined(), area: 'web', date: new Date(0) });
    log.info({ order: 7 });
    to(errors({ stack: true, cause: true }), json()).error(declined());
  },
};

await ways[process.env.LOGGER]();
