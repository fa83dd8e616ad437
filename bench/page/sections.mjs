// The words of docs/benchmarks.md. Numbers come from the results only.

export const sections = {
  introduction: `What instrumentation costs, measured beside every peer, and everything needed to measure it again:

\`\`\`sh
npm run bench                                  # everything: about forty minutes on two cores
npm run bench -- request memory --quick        # two of the suites, shorter, with a wider spread
npm run --silent bench -- record --json        # one JSON document on standard output
npm run bench -- --write                       # keep the results, and make this page and its charts from them
\`\`\`

The peers are installed by this command and by nothing else, each with a lock file of its own, so they reach neither users nor CI. Redis must be on PATH, and \`openssl\` for New Relic, whose agent speaks TLS only. The results of this
page are kept in [benchmarks/results.json](benchmarks/results.json).`,

  targets: `Each target is a ratio in one run, of medians. × is a ratio to the peer that is named.`,

  record: {
    title: 'A recorded call',
    text: `What business code pays where it counts something: a counter or a histogram with a tenant and three attributes, in a loop. ns and bytes a call, with
the spread over the processes, and ours as a share of each peer's. prom-client has no exponential histogram; OpenTelemetry has no bound instruments, so the
object with the attributes is made once there.`,
  },
  collect: {
    title: 'Collecting and exporting',
    text: `What every export interval costs with many series: time until the bytes are ready, the longest time for which the event loop answered nobody, and the
memory that a series keeps.`,
  },
  startup: {
    title: 'The start of a process',
    text: `What the flag adds to the start of the same small app: time until it listens, and resident memory at that moment.`,
  },
  request: {
    title: 'A request',
    text: `CPU of one request, all threads of the process, in the same app: Express 5 that greets; with one GET of Redis; and the product routes of
[the shop](../examples/shop). Capacity is the CPU of the app without instrumentation divided by the CPU with it: at 0.5, half as many requests fit on the
same machines.

The work is not equal, and the table says how unequal: the column *spans a request* is what really arrived at each peer's backend. OpenTelemetry and what is
built on it make a span for every middleware and handler of Express and its router, which we leave out unless \`BELLWETHER_EXPRESS_LAYERS\` asks for them. The lines
"only http and redis" and "only http, express and redis" are OpenTelemetry made to do the same work as we do, without and with spans of layers. Elastic exports metrics
of requests by default as we do; Splunk and dd-trace do not; New Relic counts every request and keeps a sample of spans.`,
  },
  memory: {
    title: 'Memory under load',
    text: `Resident memory of the process after the same number of requests, sent as fast as it answers.`,
  },

  method: `- **One at a time, in turns.** Every measurement is a process of its own, all variants take turns, and each round begins with another one: a machine that
  gets slower gets slower for all. Medians over all rounds of all processes; the spread is (highest − lowest) / median, printed as ± half of it.
- **Requests in slices, beside a bare app of the same age.** Each variant has a bare app beside it that is started with it, warms up in turns with it (until neither gets cheaper, tens
  of thousands of requests each) and answers slices in turns with it. Capacity is the median of the ratios within a slice, so a core that is slow for a second is slow for both, and
  so is a process that the compiler is not done with: one that has answered a million requests answers the next for a tenth less.
- **A core for what is measured.** Where \`taskset\` exists, the measured process has core 1; the load, the databases and the receivers have core 0.
- **CPU and not time.** A request costs what all threads of its process use, user and system, so a thread that helps is not free, and waiting is not a cost.
- **Every peer as its documentation says.** Its own package, pinned, installed alone in a folder of its own; the flag that its documentation names for the kind of the
  app; its defaults. The small apps are CommonJS, because that is where no peer needs a loader thread; the lines "an ES module" show what changes. The shop is an ES
  module for all.
- **Every peer really exports**, to a receiver on loopback that answers as its backend does: OTLP over HTTP, a Datadog agent, New Relic's collector over TLS. What arrived
  is decoded and counted. OTLP metrics leave every 2 s in place of every 60 s, so that exporting is part of every measurement, ours too.
- **Changed in favour of peers, so that nothing leaves the machine:** detectors of clouds are off (they ask addresses on the network at start), and so are dd-trace's
  telemetry and remote configuration.
- **dd-trace's runtime metrics** go by UDP to a port of loopback where nobody counts them.
- **Splunk's package** needs three dependencies in versions that not every mirror of the registry carries; others stand in for them (\`overrides\` in
  bench/peers/splunk/package.json). None of them does work for these apps.`,

  limits: `- Latency. A request that costs less CPU also answers sooner on a full machine, but this page does not measure it.
- Real networks, real Collectors, TLS to them, and compression: the receivers answer at once.
- New Relic's transaction metrics leave once a minute, which is longer than a measurement: their sending is not in its numbers.
- Profilers, log collection and security products of the peers: off, as they are by default.
- Other processors and operating systems. The ratios move less between machines than the numbers; measure on yours.`,
};
