import { configureTenants } from '@bellwether/meters/runtime';
import { type Attributes, diag, trace } from '@opentelemetry/api';
import { formatProblem } from './config/problem.ts';
import { readConfig } from './config/read-config.ts';
import { readStandard } from './config/read-standard.ts';
import type { SdkConfig } from './config/sdk-config.ts';
import { diagLevel, oneLine, stderrDiagLogger } from './diag-logger.ts';
import { exporterNames } from './export/exporter-names.ts';
import { startTelemetry } from './export/telemetry.ts';
import { textMapPropagator } from './export/text-map-propagator.ts';
import { foreignGlobal } from './foreign-global.ts';
import { setSlowFrom } from './instrumentations/db-slow.ts';
import { enabledInstrumentations } from './instrumentations/enabled.ts';
import type { Undo } from './instrumentations/environment.ts';
import { httpCapture } from './instrumentations/http-capture.ts';
import { startFirstClass } from './instrumentations/index.ts';
import { startsAtOnce, watchLongTail } from './instrumentations/long-tail.ts';
import { withDeadline } from './lifecycle/deadline.ts';
import { flushAtEnd } from './lifecycle/end-of-process.ts';
import { isMainThread } from './lifecycle/this-thread.ts';
import { installModuleHooks, onModuleLoad } from './modules/module-hooks.ts';
import { preamble } from './preamble.ts';
import { baggageHosts } from './propagation/baggage-hosts.ts';
import { tenantPropagator } from './propagation/tenant-propagator.ts';
import { sdkResource } from './resource/sdk-resource.ts';
import { startRuntimeMetrics } from './runtime-metrics/start-runtime-metrics.ts';
import { type Claim, claimProcess } from './started.ts';
import { writeLine } from './write-line.ts';

/** What code may say in place of variables. */
export interface StartSdkOptions {
  /** Settings that win over `BELLWETHER_*` variables. */
  readonly config?: Partial<SdkConfig>;
  /** Attributes of the resource that win over all others. */
  readonly resourceAttributes?: Attributes;
}

/** The running SDK. */
export interface SdkHandle {
  /** Sends what was recorded. Never rejects; gives up after `BELLWETHER_FLUSH_TIMEOUT`. */
  forceFlush(): Promise<void>;
  /** Flushes within the same deadline, undoes the instrumentations and frees OpenTelemetry's globals. Idempotent; a new start works. */
  shutdown(): Promise<void>;
}

/** See `startSdk` in index.ts. */
export async function startSdk(options: StartSdkOptions = {}): Promise<SdkHandle> {
  const given = await givenConfig(options.config);
  const { config, problems: ownProblems } = readConfig(process.env, given.config);
  const { settings, problems: standardProblems } = readStandard(process.env);
  for (const problem of [...given.problems, ...ownProblems, ...standardProblems])
    writeLine(formatProblem(problem));
  if (!config.enabled || settings.get('OTEL_SDK_DISABLED')?.toLowerCase() === 'true') return idle;

  const claim = claimProcess();
  const running = claim === undefined ? 'it runs already in this thread' : foreignGlobal();
  if (claim === undefined || running !== undefined) {
    writeLine(
      `bellwether: not started: ${running}; that one stays in charge. [ERR_SDK_SECOND_START]`,
    );
    claim?.release();
    return idle;
  }
  try {
    return await start(config, settings, options, claim);
  } catch (error) {
    writeLine(
      `bellwether: not started, the application goes on: ${oneLine(error)} [ERR_SDK_START]`,
    );
    claim.release();
    return idle;
  }
}

/** Checked like the variables, by code that the preload never needs. */
async function givenConfig(given: Partial<SdkConfig> | undefined) {
  if (given === undefined) return { config: {}, problems: [] };
  const { configInCode } = await import('./config/config-in-code.ts');
  return configInCode(given);
}

async function start(
  config: SdkConfig,
  settings: ReadonlyMap<string, string>,
  { resourceAttributes }: StartSdkOptions,
  claim: Claim,
): Promise<SdkHandle> {
  const logLevel = settings.get('OTEL_LOG_LEVEL');
  const logger = stderrDiagLogger(
    (line) => writeLine(line),
    () => Date.now(),
  );
  // With the default level, the exporters' own words about wrong settings would repeat ours.
  if (logLevel !== undefined)
    diag.setLogger(logger, { logLevel: diagLevel(logLevel), suppressOverrideMessage: true });

  applyTenantLimits(config);
  setSlowFrom(config.slowQueryMs);
  const configFile = settings.get('OTEL_CONFIG_FILE');
  if (configFile !== undefined || config.otlpTokenFile !== undefined) {
    const { unusedSettings } = await import('./config/unused-settings.ts');
    for (const line of unusedSettings(config, settings)) writeLine(line);
  }
  const resource = sdkResource(config, settings, resourceAttributes);
  const hosts = baggageHosts(config.baggageHosts, {
    onProblem: (problem) => writeLine(formatProblem(problem)),
  });
  const telemetry =
    configFile === undefined
      ? await startTelemetry(
          config,
          settings,
          resource,
          tenantPropagator(await textMapPropagator(settings), hosts),
        )
      : await (await import('./export/config-file-telemetry.ts')).startFromConfigFile(
          config,
          hosts,
        );
  if (logLevel === undefined && configFile === undefined) {
    diag.setLogger(logger, { logLevel: diagLevel(undefined), suppressOverrideMessage: true });
  }

  const undos: Undo[] = [() => hosts.close()];
  const environment = {
    config,
    capture: httpCapture(config, settings),
    tracer: (scope: string) => trace.getTracer(scope),
    onModuleLoad: (...registration: Parameters<typeof onModuleLoad>) => {
      undos.push(onModuleLoad(...registration));
    },
  };
  const isEnabled = enabledInstrumentations(settings);
  const sendsLogs = exporterNames(settings, 'LOGS').length > 0;
  undos.push(
    ...startFirstClass(
      environment,
      (name) => isEnabled(name) && (name !== 'winston' || sendsLogs),
      (name, error) => diag.error(`${name} stays uninstrumented`, error),
    ),
  );
  undos.push(
    watchLongTail(isEnabled, environment.capture, sendsLogs),
    ...startRuntimeMetrics(isEnabled, telemetry.beforeCollect),
  );
  installModuleHooks({ now: config.expressLayers || startsAtOnce(isEnabled) });

  const flush = async () => {
    await withDeadline(telemetry.forceFlush(), config.flushTimeoutMs);
  };
  undos.push(flushAtEnd(telemetry, config.flushTimeoutMs));
  if (resource.asyncAttributesPending) await resource.waitForAsyncAttributes?.();
  if (config.preamble && isMainThread()) {
    // The resource of a configuration file is its own.
    const attributes = configFile === undefined ? resource.attributes : {};
    writeLine(preamble(config, settings, attributes, telemetry.metricsUrls));
  }

  let stopping: Promise<void> | undefined;
  return {
    forceFlush: () => stopping ?? flush(),
    shutdown: () => {
      stopping ??= stop();
      return stopping;
    },
  };

  async function stop(): Promise<void> {
    for (const undo of undos.reverse()) {
      try {
        undo();
      } catch (error) {
        diag.error('an instrumentation could not be undone', error);
      }
    }
    await withDeadline(telemetry.shutdown(), config.flushTimeoutMs);
    diag.disable();
    claim.release();
  }
}

function applyTenantLimits(config: SdkConfig): void {
  try {
    configureTenants({
      budget: config.tenantBudget,
      pattern: config.tenantPattern,
      maxLength: config.tenantMaxLength,
      idleSeconds: config.tenantIdleSeconds,
      ...(config.tenantAllowList.length > 0 && { allowList: config.tenantAllowList }),
    });
  } catch (error) {
    writeLine(`bellwether: ${(error as Error).message}; the default limits of tenants are used.`);
  }
}

const idle: SdkHandle = {
  forceFlush: async () => {},
  shutdown: async () => {},
};
