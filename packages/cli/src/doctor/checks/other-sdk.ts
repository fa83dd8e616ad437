import { type Check, fail, ok, skipped, warn } from '../check.ts';
import { preloadsOf, textOf } from './preload.ts';

/** Packages that patch the same libraries or register OpenTelemetry's globals when they are started. */
const VENDORS = [
  'dd-trace',
  'newrelic',
  'elastic-apm-node',
  '@elastic/opentelemetry-node',
  '@splunk/otel',
  'splunk-otel-js',
  '@sentry/node',
  '@dynatrace/oneagent',
  '@appsignal/nodejs',
  '@honeycombio/opentelemetry-node',
  '@azure/monitor-opentelemetry',
  'applicationinsights',
  '@logfire/node',
  'logfire',
  'lightstep-opentelemetry-launcher-node',
  '@opentelemetry/sdk-node',
  '@opentelemetry/auto-instrumentations-node',
];
const HINT =
  'Start one SDK only: leave its preload and its start in code away. Where both are wanted, let the other one send OTLP to the Collector.';

export const otherSdk: Check = {
  id: 'other-sdk',
  group: 'app',
  title: 'No other SDK is in charge',
  run(context) {
    const { app } = context;
    const preloads = preloadsOf(context)?.preloads ?? [];
    const preloaded = preloads.find(({ specifier }) => vendorIn(specifier) !== undefined);
    if (preloaded !== undefined) {
      return fail(`--${preloaded.flag} ${preloaded.specifier} starts another SDK`, HINT);
    }
    if (app === undefined)
      return skipped('no package.json here; name the application by --app <file>');
    const entry = app.entry === undefined ? '' : textOf(app.entry);
    const loaded = [...entry.matchAll(/(?:from|import|require\()\s*['"]([^'"]+)['"]/g)]
      .map(([, specifier = '']) => specifier)
      .find((specifier) => vendorIn(specifier) !== undefined);
    if (loaded !== undefined) return fail(`the entry loads ${loaded}`, HINT);
    // Of those that stand on OpenTelemetry's packages, only what the application itself asks for: ours does too.
    const declared = { ...app.manifest.dependencies, ...app.manifest.optionalDependencies };
    const installed = VENDORS.filter((name) => declared[name] !== undefined);
    if (installed.length === 0) return ok('none is installed');
    return warn(`${installed.join(', ')} is installed; nothing shows that it is started`, HINT);
  },
};

const vendorIn = (specifier: string) =>
  VENDORS.find((name) => specifier === name || specifier.startsWith(`${name}/`));
