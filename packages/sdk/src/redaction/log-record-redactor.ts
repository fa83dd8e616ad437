import type { LogRecord } from '@opentelemetry/api';
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs';
import type { SdkConfig } from '../config/table.ts';
import { secretNames } from './secret-names.ts';
import { valueWithoutSecrets } from './value-without-secrets.ts';

type LogSettings = Pick<SdkConfig, 'secretNames' | 'logsAsWritten'>;

/** Gives log records whose body and attributes were searched for secrets, as {@link valueWithoutSecrets} does. */
export function logRecordRedactor(config: LogSettings): (record: LogRecord) => LogRecord {
  if (config.logsAsWritten) return (record) => record;
  const names = secretNames(config);
  return (record) => ({
    ...record,
    ...(record.body !== undefined && { body: redacted(record.body, names) }),
    ...(record.attributes !== undefined && { attributes: redacted(record.attributes, names) }),
  });
}

/** The same as a processor. Register it before the one that exports. */
export function logRedactionProcessor(config: LogSettings): LogRecordProcessor {
  const names = secretNames(config);
  return {
    onEmit: (record) => {
      if (config.logsAsWritten) return;
      if (record.body !== undefined) record.setBody(redacted(record.body, names));
      record.setAttributes(redacted(record.attributes, names));
    },
    forceFlush: async () => {},
    shutdown: async () => {},
  };
}

function redacted<Value>(value: Value, names: ReadonlySet<string>): Value {
  return valueWithoutSecrets(value, names) as Value;
}
