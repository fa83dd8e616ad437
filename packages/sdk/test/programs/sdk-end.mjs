// Records a metric, a span and a log, then ends in the way that the argument names.
import { counter, defineMeters } from '@bellwether/meters';
import { logs, trace } from '@opentelemetry/api';

const meters = defineMeters('end', {
  done: counter('end.done', { unit: '{thing}', description: 'Things done' }),
});
const record = () => {
  meters.done.add(1);
  trace.getTracer('end').startSpan('work').end();
  logs.getLogger('end').emit({ body: 'worked' });
};
record();

const raise = (signal) => {
  setInterval(() => {}, 1_000);
  console.log('ready');
  setTimeout(() => process.kill(process.pid, signal), 50);
};
const ways = {
  natural: () => {},
  exitCode: () => {
    process.exitCode = 4;
  },
  exit: () => process.exit(3),
  exitInPromise: async () => {
    await null;
    process.exit(3);
  },
  throw: () =>
    setTimeout(() => {
      throw new TypeError('a bug');
    }),
  throwText: () =>
    setTimeout(() => {
      throw 'a text';
    }),
  reject: () => void Promise.reject(new Error('a broken promise')),
  ownUncaught: () => {
    process.on('uncaughtException', ({ message }) => console.log(`own: ${message}`));
    setTimeout(() => {
      throw new Error('a bug');
    });
  },
  SIGTERM: () => raise('SIGTERM'),
  SIGINT: () => raise('SIGINT'),
  signalExit: async () => {
    const { onExit } = await import('signal-exit');
    onExit((_code, signal) => console.log(`signal-exit: ${signal}`));
    raise('SIGTERM');
  },
  ownHandler: () => {
    process.once('SIGTERM', closing());
    raise2();
  },
  ownHandlerFirst: () => {
    process.prependOnceListener('SIGTERM', closing());
    raise2();
  },
  ownHandlerExits: () => {
    process.on('SIGTERM', async () => {
      console.log('own handler');
      await new Promise((resolve) => setTimeout(resolve, 50));
      record();
      process.exit(9);
    });
    setInterval(() => {}, 1_000);
    raise2();
  },
  ownHandlerStays: () => {
    setInterval(() => {}, 1_000);
    process.on('SIGTERM', () => console.log('own handler'));
    raise2();
  },
};
const closing = () => {
  const server = setInterval(() => {}, 1_000);
  return () => {
    console.log('own handler');
    setTimeout(() => {
      record();
      clearInterval(server);
      process.exitCode = 7;
    }, 50);
  };
};
const raise2 = () => setTimeout(() => process.kill(process.pid, 'SIGTERM'), 50);
await ways[process.argv[2]]();
