import type { AnyValue, Attributes, LogRecord } from '@opentelemetry/api';
import type { SdkConfig } from '../config/sdk-config.ts';
import { secretNames } from '../redaction/secret-names.ts';
import { errorFields, isError } from './error-fields.ts';
import { logValue } from './log-value.ts';

type LogSettings = Pick<SdkConfig, 'secretNames' | 'logsAsWritten'>;

/**
 * Gives log records of plain values, see {@link logValue}, that were searched for secrets. An error that is the body, or the first among the attributes,
 * is what the record tells of: it becomes `exception.type`, `exception.message` and `exception.stacktrace`, as the record's own `exception` does.
 */
export function logRecordReader(config: LogSettings): (record: LogRecord) => LogRecord {
  const secrets = config.logsAsWritten ? undefined : secretNames(config);
  return ({ body, attributes, exception: given, ...rest }) => {
    let exception: unknown = given ?? (isError(body) ? body : undefined);
    const others: Record<string, unknown> = {};
    for (const key of Object.keys(attributes ?? {})) {
      const value = attempt(() => attributes?.[key]);
      if (isError(value)) exception ??= value;
      if (!isError(value) || value !== exception) others[key] = value;
    }
    const said = isError(body) ? attempt(() => body.message) : body;
    const told = { ...exceptionAttributes(exception), ...others };
    return {
      ...rest,
      ...(said !== undefined && { body: logValue(said, secrets) as AnyValue }),
      attributes: logValue(told, secrets) as Attributes,
    };
  };
}

function exceptionAttributes(exception: unknown): object {
  if (exception === undefined || exception === null) return {};
  const { type, message, stacktrace } = attempt(() => errorFields(exception)) ?? {};
  return {
    'exception.type': type,
    'exception.message': message,
    'exception.stacktrace': stacktrace,
  };
}

/** `undefined` where a getter of the application's throws. */
function attempt<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
