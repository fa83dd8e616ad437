import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import type { Attributes } from '@opentelemetry/api';
import {
  defaultResource,
  detectResources,
  envDetector,
  osDetector,
  processDetector,
  type Resource,
  type ResourceDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import {
  ATTR_SERVICE_INSTANCE_ID,
  ATTR_SERVICE_NAME,
  ATTR_SERVICE_VERSION,
  ATTR_TELEMETRY_DISTRO_NAME,
  ATTR_TELEMETRY_DISTRO_VERSION,
} from '@opentelemetry/semantic-conventions';
import { splitList } from '../config/parse-value.ts';
import type { StandardSettings } from '../config/read-standard.ts';
import type { SdkConfig } from '../config/sdk-config.ts';
import { distro } from './distro.ts';
import { hostDetector } from './host-detector.ts';
import { inheritedInstanceId, instanceId } from './instance-id.ts';
import { nearestPackage } from './nearest-package.ts';

/**
 * The resource of this process: detectors, the service of the nearest package.json, and always a `service.instance.id`,
 * so that two replicas never write one series. The standard variables win over package.json, `attributes` over all.
 */
export function sdkResource(
  { commandArguments }: Pick<SdkConfig, 'commandArguments'>,
  settings: StandardSettings,
  attributes: Attributes = {},
): Resource {
  const { name, version } = nearestPackage(applicationFolder());
  const ours = resourceFromAttributes({
    ...(name !== undefined && { [ATTR_SERVICE_NAME]: name }),
    ...(version !== undefined && { [ATTR_SERVICE_VERSION]: version }),
    [ATTR_SERVICE_INSTANCE_ID]: instanceId(),
    [ATTR_TELEMETRY_DISTRO_NAME]: distro.name,
    [ATTR_TELEMETRY_DISTRO_VERSION]: distro.version,
  });
  const found = detectors(settings);
  return defaultResource()
    .merge(ours)
    .merge(detectResources({ detectors: commandArguments ? found : found.map(withoutArguments) }))
    .merge(named(settings))
    .merge(ownInstance(settings))
    .merge(resourceFromAttributes(attributes));
}

/** The variable for the name is no detector's: it holds also where the operator wants others than `env`, or none. */
function named(settings: StandardSettings): Resource {
  const name = settings.get('OTEL_SERVICE_NAME');
  return resourceFromAttributes(name === undefined ? {} : { [ATTR_SERVICE_NAME]: name });
}

function ownInstance(settings: StandardSettings): Resource {
  if (!settings.has('OTEL_RESOURCE_ATTRIBUTES')) return resourceFromAttributes({});
  const given = detectResources({ detectors: [envDetector] }).attributes[ATTR_SERVICE_INSTANCE_ID];
  if (given === undefined) return resourceFromAttributes({});
  return resourceFromAttributes({ [ATTR_SERVICE_INSTANCE_ID]: inheritedInstanceId(`${given}`) });
}

/**
 * The process without the arguments that it was started with, which semantic conventions want off unless somebody has made them safe.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/resource/process/
 */
function withoutArguments(detector: ResourceDetector): ResourceDetector {
  return {
    detect: (config) => {
      const found = detector.detect(config);
      const {
        'process.command_args': _,
        'process.command_line': __,
        ...attributes
      } = found.attributes ?? {};
      return { ...found, attributes };
    },
  };
}

const byName: ReadonlyMap<string, ResourceDetector> = new Map([
  ['process', processDetector],
  ['host', hostDetector],
  ['os', osDetector],
  ['env', envDetector],
]);

const ofUpstream = new Set([
  'all',
  'alibaba',
  'aws',
  'azure',
  'container',
  'gcp',
  'serviceinstance',
]);

/** `env` comes last: what the operator says wins over what was found. */
function detectors(settings: StandardSettings): ResourceDetector[] {
  const wanted = splitList(settings.get('OTEL_NODE_RESOURCE_DETECTORS') ?? 'process,host,os,env');
  if (wanted.includes('none')) return [];
  if (wanted.some((name) => ofUpstream.has(name))) return upstreamDetectors();
  return [...byName].filter(([name]) => wanted.includes(name)).map(([, detector]) => detector);
}

/** Those of clouds and containers too. Loads the whole metapackage. */
function upstreamDetectors(): ResourceDetector[] {
  const { getResourceDetectors } = createRequire(import.meta.url)(
    '@opentelemetry/auto-instrumentations-node',
  ) as { getResourceDetectors: () => ResourceDetector[] };
  return getResourceDetectors();
}

/** Where the program's entry point is; the working directory for `node -e` and the REPL. */
function applicationFolder(): string {
  const entry = process.argv[1];
  if (entry === undefined) return process.cwd();
  try {
    return dirname(realpathSync(resolve(entry)));
  } catch {
    return process.cwd();
  }
}
