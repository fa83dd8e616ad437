/**
 * The ways out. `program`: the one of packages/sdk/test/programs/exit-ways.cjs; `records`: how often it records until it ends, undefined where
 * nothing is promised; `signals`: sent when it is ready, each so many milliseconds after the first; `own`: seconds that the program takes
 * by itself before it ends; `flushes`: how often the Collector is asked (default 1); `atMost`: seconds for all of it, in place of the deadline.
 */
export const ways = [
  { way: 'nothing left to do', program: 'natural', records: 1 },
  { way: 'process.exitCode', program: 'exitCode', records: 1 },
  { way: 'process.exit()', program: 'exit', records: 1 },
  { way: 'process.exit(), async', program: 'exitInPromise', records: 1 },
  { way: 'exit handler, process.exit()', program: 'exitHandler', records: 1 },
  { way: 'exit handler, nothing left', program: 'exitHandlerNatural', records: 1, flushes: 2 },
  { way: 'work in beforeExit', program: 'beforeExit', records: 2, flushes: 2 },
  { way: 'exit in beforeExit', program: 'beforeExitExits', records: 1 },
  { way: 'uncaught exception', program: 'throws', records: 1 },
  { way: 'uncaught text', program: 'throwsText', records: 1 },
  { way: 'unhandled rejection', program: 'rejects', records: 1 },
  { way: 'uncaught, handler exits', program: 'uncaughtHandler', records: 1 },
  { way: 'uncaught, handler survives', program: 'uncaughtSurvived', records: 1 },
  ...['SIGTERM', 'SIGINT', 'SIGHUP'].flatMap((signal) => [
    { way: signal, program: 'waits', records: 1, signals: [[signal, 0]] },
    {
      way: `${signal}, handler closes`,
      program: 'closes',
      records: 1,
      signals: [[signal, 0]],
      own: 0.05,
    },
  ]),
  {
    way: 'SIGTERM, handler put first',
    program: 'closesFirst',
    records: 1,
    signals: [['SIGTERM', 0]],
    own: 0.05,
  },
  {
    way: 'SIGTERM, handler exits',
    program: 'exitsAtOnce',
    records: 1,
    signals: [['SIGTERM', 0]],
  },
  {
    way: 'SIGTERM, handler exits later',
    program: 'exits',
    records: 1,
    signals: [['SIGTERM', 0]],
    own: 0.05,
  },
  {
    way: 'SIGTERM, handler stays',
    program: 'stays',
    records: 1,
    signals: [['SIGTERM', 0]],
    own: 0.4,
  },
  { way: 'SIGTERM, signal-exit', program: 'signalExit', records: 1, signals: [['SIGTERM', 0]] },
  // npm and a terminal both hand Ctrl-C on; PM2 signals a whole tree.
  {
    way: 'SIGINT twice',
    program: 'waits',
    records: 1,
    signals: [
      ['SIGINT', 0],
      ['SIGINT', 20],
    ],
  },
  {
    way: 'SIGINT, SIGTERM 1 s later',
    program: 'waits',
    records: 1,
    signals: [
      ['SIGINT', 0],
      ['SIGTERM', 1_000],
    ],
    atMost: 1,
    // The second signal ends it, if it still runs.
    mayEndBy: ['SIGTERM'],
  },
  {
    way: 'PM2: SIGINT, SIGKILL 1.6 s later',
    program: 'waits',
    records: 1,
    signals: [
      ['SIGINT', 0],
      ['SIGKILL', 1_600],
    ],
    env: { BELLWETHER_FLUSH_TIMEOUT: '1200' },
    atMost: 1.5,
  },
  { way: 'SIGTERM during start-up', program: 'waits', startUp: true },
  { way: 'parent disconnects', program: 'disconnected', records: 1, parent: true },
  { way: 'process.abort()', program: 'aborts' },
  { way: 'SIGKILL', program: 'waits', signals: [['SIGKILL', 0]] },
];
