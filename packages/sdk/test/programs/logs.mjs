// Logs by pino or winston: of a request, of a job, and of nobody.
import { createServer, get } from 'node:http';
import { runWithTenant, setTenant } from '@bellwether/meters';

const kind = process.env.LOGGER;
const log = await (kind === 'winston' ? fromWinston() : fromPino());

async function fromPino() {
  const { default: pino } = await import('pino');
  return pino({ level: 'info' }).child({ area: 'web' });
}

async function fromWinston() {
  const { default: winston } = await import('winston');
  const { combine, errors, json, timestamp } = winston.format;
  return winston.createLogger({
    level: 'info',
    format: combine(errors({ stack: true }), timestamp(), json()),
    defaultMeta: { area: 'web' },
    transports: [new winston.transports.Console()],
  });
}

const line = (level, message, fields) =>
  kind === 'winston' ? log.log({ level, message, ...fields }) : log[level](fields ?? {}, message);

const server = createServer((_request, response) => {
  setTenant('acme');
  line('warn', 'in a request', { order: 7 });
  line('debug', 'not at this level');
  response.end();
}).listen(0, () => {
  get({ port: server.address().port }, (response) => {
    response.resume().on('end', () => {
      runWithTenant('globex', () => line('info', 'in a job'));
      line('error', 'of nobody');
      server.close();
    });
  });
});
