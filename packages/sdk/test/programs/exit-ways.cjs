// The ways in which a program can end, for exit.mjs and exit.cjs: each records with `record` before, and where it says so again on the way.
const { writeSync } = require('node:fs');

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const stay = () => setInterval(() => {}, 1_000);
const print = (text) => writeSync(1, `${text}\n`);
/** The moment from which the seconds to the exit count, unless a signal comes. */
const ending = () => print(`ending ${Date.now()}`);

module.exports = (record) => ({
  natural: () => {
    record();
    ending();
  },
  exitCode: () => {
    record();
    process.exitCode = 4;
    ending();
  },
  exit: () => {
    record();
    ending();
    process.exit(3);
  },
  exitInPromise: async () => {
    await wait(20);
    record();
    ending();
    process.exit(3);
  },
  exitHandler: async () => {
    process.on('exit', (code) => {
      record();
      print(`own handler ${code}`);
    });
    await null;
    ending();
    process.exit(3);
  },
  exitHandlerNatural: async () => {
    process.on('exit', (code) => {
      record();
      print(`own handler ${code}`);
      process.exitCode = 6;
    });
    await wait(20);
    ending();
  },
  beforeExit: () => {
    process.once('beforeExit', async () => {
      record();
      print('own handler');
      await wait(20);
      record();
      ending();
    });
  },
  beforeExitExits: () => {
    process.once('beforeExit', () => {
      record();
      ending();
      process.exit(3);
    });
  },
  throws: () =>
    setTimeout(() => {
      record();
      ending();
      throw new TypeError('a bug');
    }),
  throwsText: () =>
    setTimeout(() => {
      record();
      ending();
      throw 'a text';
    }),
  rejects: () => {
    record();
    ending();
    void Promise.reject(new Error('a broken promise'));
  },
  uncaughtHandler: () => {
    process.on('uncaughtException', ({ message }) => {
      record();
      print(`own handler ${message}`);
      ending();
      process.exit(8);
    });
    setTimeout(() => {
      throw new Error('a bug');
    });
  },
  uncaughtSurvived: () => {
    process.on('uncaughtException', ({ message }) => {
      record();
      print(`own handler ${message}`);
      ending();
    });
    setTimeout(() => {
      throw new Error('a bug');
    });
  },
  aborts: () => {
    record();
    ending();
    process.abort();
  },
  waits: () => {
    record();
    stay();
    print('ready');
  },
  signalExit: () => {
    require('signal-exit').onExit((_code, signal) => print(`signal-exit ${signal}`));
    record();
    stay();
    print('ready');
  },
  closes: () => onSignals('once', closing(record)),
  closesFirst: () => onSignals('prependOnceListener', closing(record)),
  exits: () => {
    stay();
    onSignals('on', async () => {
      print('own handler');
      await wait(50);
      record();
      process.exit(9);
    });
  },
  exitsAtOnce: () => {
    stay();
    onSignals('on', () => {
      record();
      print('own handler');
      process.exit(9);
    });
  },
  stays: () => {
    stay();
    onSignals('on', async () => {
      print('own handler');
      record();
      await wait(400);
      process.exit(5);
    });
  },
  disconnected: () => {
    process.on('disconnect', () => {
      record();
      print('own handler');
      ending();
    });
    process.send('ready');
  },
});

function onSignals(how, handler) {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process[how](signal, handler);
  print('ready');
}

/** Stops what holds the program, as a server that closes, and lets the event loop run empty. */
function closing(record) {
  const server = stay();
  return () => {
    print('own handler');
    setTimeout(() => {
      record();
      clearInterval(server);
      process.exitCode = 7;
    }, 50);
  };
}
