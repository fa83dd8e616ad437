import { type DiagLogger, DiagLogLevel } from '@opentelemetry/api';

const REPEAT_AFTER_MS = 60_000;
const REMEMBERED = 100;

/**
 * What the SDK says of itself: one line each on stderr, never stdout, without stacks and passwords. The same line comes at
 * most once a minute, so that a Collector that is down does not fill the application's log.
 */
export function stderrDiagLogger(write: (line: string) => void, now: () => number): DiagLogger {
  const said = new Map<string, number>();
  const say =
    (level: string) =>
    (...parts: unknown[]) => {
      const line = `bellwether ${level}: ${parts.map(oneLine).join(' ')}`;
      const last = said.get(line);
      if (last !== undefined && now() - last < REPEAT_AFTER_MS) return;
      if (said.size >= REMEMBERED) said.clear();
      said.set(line, now());
      write(line);
    };
  return {
    error: say('error'),
    warn: say('warning'),
    info: say('info'),
    debug: say('debug'),
    verbose: say('verbose'),
  };
}

/** An error as its message, all else as text or JSON; no line breaks, and no user name or password of an address. */
export function oneLine(part: unknown): string {
  const text =
    part instanceof Error
      ? part.message || part.name
      : typeof part === 'string'
        ? withoutStack(part)
        : Array.isArray(part)
          ? part.map(oneLine).join(', ')
          : safeJson(part);
  return text.replaceAll(/\s*\n\s*/g, ' ').replaceAll(/(?<=\/\/)[^\s/]*@/g, '[redacted]@');
}

/** Upstream's handler of errors gives the whole error as JSON, and the periodic reader says only that an export failed. */
function withoutStack(text: string): string {
  if (!text.startsWith('{"stack":')) return text;
  try {
    const { message } = JSON.parse(text) as { message?: string };
    const cause = /^PeriodicExportingMetricReader: .* \(error (?:\w*Error: )?(.*)\)$/s;
    return message?.replace(cause, '$1') ?? text;
  } catch {
    return text;
  }
}

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

const levels: Readonly<Record<string, DiagLogLevel>> = {
  NONE: DiagLogLevel.NONE,
  ERROR: DiagLogLevel.ERROR,
  WARN: DiagLogLevel.WARN,
  INFO: DiagLogLevel.INFO,
  DEBUG: DiagLogLevel.DEBUG,
  VERBOSE: DiagLogLevel.VERBOSE,
  ALL: DiagLogLevel.ALL,
};

/** `OTEL_LOG_LEVEL` as a level; WARN when it is unset. */
export function diagLevel(name: string | undefined): DiagLogLevel {
  return levels[name?.toUpperCase() ?? 'WARN'] ?? DiagLogLevel.WARN;
}
