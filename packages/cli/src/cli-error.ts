/** The codes of all errors that a command of ours ends with. */
export type CliErrorCode =
  | 'ERR_ALERTMANAGER'
  | 'ERR_BACKUP_ARCHIVE'
  | 'ERR_BACKUP_KEY'
  | 'ERR_BACKUP_RUNNING'
  | 'ERR_BACKUP_STOPPED'
  | 'ERR_BACKUP_STORE'
  | 'ERR_BUILD_FAILED'
  | 'ERR_CATALOG_FILE'
  | 'ERR_DASHBOARD_FILE'
  | 'ERR_DATA_FOLDER'
  | 'ERR_EXPECTED_EMPTY'
  | 'ERR_GENERATED_FILE'
  | 'ERR_GO_MISSING'
  | 'ERR_GRAFANA_DATABASE'
  | 'ERR_MIGRATE_FILE'
  | 'ERR_OPTION'
  | 'ERR_OUTPUT_FOLDER'
  | 'ERR_PACKAGE_MISSING'
  | 'ERR_PORT_IN_USE'
  | 'ERR_POSTGRES'
  | 'ERR_POSTGRES_BINARY'
  | 'ERR_POSTGRES_CLIENT'
  | 'ERR_POSTGRES_USER'
  | 'ERR_PROMETHEUS_ADMIN'
  | 'ERR_PROMETHEUS_ANSWER'
  | 'ERR_PROMETHEUS_UNREACHABLE'
  | 'ERR_REDIS_MISSING'
  | 'ERR_RESTORE_TARGET'
  | 'ERR_RULE_FILE'
  | 'ERR_SERVER_BINARY'
  | 'ERR_SERVER_EXITED'
  | 'ERR_SERVER_NOT_READY'
  | 'ERR_SPEC'
  | 'ERR_STACK_FILES'
  | 'ERR_STACK_NOT_RUNNING'
  | 'ERR_STACK_RUNNING'
  | 'ERR_SUPERVISOR';

/** An error whose message is for the person at the terminal: no stack is shown. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: CliErrorCode;
  constructor(code: CliErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
