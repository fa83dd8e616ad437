import { type DiagLogger, DiagLogLevel } from '@opentelemetry/api';
import { plainLine } from './plain-line.ts';

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
      const line = plainLine(`bellwether ${level}: ${parts.map(oneLine).join(' ')}`);
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
  return textOf(part)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/(?<=\/\/)[^\s/]*@/g, '[redacted]@');
}

/** Whatever libraries hand over: an object may throw when it is looked at. */
function textOf(part: unknown): string {
  try {
    if (part instanceof Error) return String(part.message || part.name);
    if (typeof part === 'string') return withoutStack(part);
    return Array.isArray(part) && !part.some(Array.isArray)
      ? part.map(textOf).join(', ')
      : (JSON.stringify(part) ?? String(part));
  } catch {
    return `a ${typeof part} without words`;
  }
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
