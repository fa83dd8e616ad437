import { readFileSync } from 'node:fs';
import { usesGrpc } from '../export/otlp-protocol.ts';
import type { StandardSettings } from './read-standard.ts';
import type { SdkConfig } from './sdk-config.ts';

/** What upstream's file is not asked about: whether we start, what we instrument, and how we speak of ourselves. */
const countsWithFile =
  /^OTEL_(SDK_DISABLED|CONFIG_FILE|LOG_LEVEL|LOGS_EXPORTER|NODE_(EN|DIS)ABLED_INSTRUMENTATIONS|INSTRUMENTATION_HTTP_)/;

/** What is set and has no effect beside the rest, a line each. */
export function unusedSettings(config: SdkConfig, settings: StandardSettings): readonly string[] {
  const file = settings.get('OTEL_CONFIG_FILE');
  const lines: string[] = [];
  if (config.otlpTokenFile !== undefined && (file !== undefined || usesGrpc(settings))) {
    lines.push(
      'bellwether: Expected BELLWETHER_OTLP_TOKEN_FILE with OTLP over HTTP, got gRPC or a configuration file, whose exports go without it; set their headers there. [ERR_OTLP_TOKEN]',
    );
  }
  if (file === undefined) return lines;
  const unused = besideFile(config, settings, readText(file));
  if (unused.length > 0) {
    lines.push(
      `bellwether: Expected OTEL_CONFIG_FILE to name what it needs, got ${unused.join(', ')} besides, without effect; write what they say into the file, or take it away. [ERR_CONFIG_FILE]`,
    );
  }
  return lines;
}

/** Variables that the file does not name by `${...}`. */
function besideFile(config: SdkConfig, settings: StandardSettings, text: string): string[] {
  const standard = [...settings.keys()].filter((name) => !countsWithFile.test(name));
  const own = config.metricsPort === undefined ? [] : ['BELLWETHER_METRICS_PORT'];
  return [...own, ...standard.filter((name) => !text.includes(name))];
}

/** Nothing, where it can't be read: upstream says that. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
