/** Durations as Prometheus writes them: `15s`. Those left out are what prometheus.yaml says. */
export interface PrometheusTiming {
  readonly scrapeInterval?: string;
  readonly evaluationInterval?: string;
  /** How far back rules look: at least the export interval of the services. */
  readonly ruleQueryOffset?: string;
  /**
   * How often Alertmanager is told that an alert still fires; after four times as long without a word it takes it for resolved.
   * Default: Prometheus' minute. Decides how soon a dead Prometheus shows by its missing heartbeat.
   */
  readonly resendDelay?: string;
}

/** How the Collector of a drill differs. */
export interface CollectorSettings {
  /** Where metrics go instead of straight to Prometheus: an OTLP/HTTP address, as of a gate that can be shut. */
  readonly exportUrl?: string;
  /** Items that its queue on disk takes. Default 1,000,000. */
  readonly queueItems?: number;
}

/** Durations of Alertmanager's routes: `15s`. Those left out are what alertmanager.yaml says. */
export interface AlertmanagerTiming {
  /** How long a group waits for more of its kind before it is told of first. */
  readonly groupWait?: string;
  /** How often it is told what has changed in a group. */
  readonly groupInterval?: string;
  /** When a group that has not changed is told of again. */
  readonly repeatInterval?: string;
  /** How often the dead man's switch gets its sign of life. */
  readonly heartbeatInterval?: string;
}

/** The notification service that Alertmanager tells. */
export interface NotificationTarget {
  /** Its origin, `http://127.0.0.1:8080`. */
  readonly url: string;
  /** File with the token that it expects as `Authorization: Bearer`. */
  readonly tokenFile: string;
}

/** A MySQL or MariaDB that runs already and is watched by its exporter. */
export interface MysqlTarget {
  readonly host: string;
  readonly port: number;
  /** Needs PROCESS, REPLICATION CLIENT (MariaDB: also SLAVE MONITOR), and SHOW VIEW to know the sizes of tables; may read none. */
  readonly user: string;
  /** File with its password. */
  readonly passwordFile: string;
}

/** How a stack differs from the committed configuration. */
export interface StackSettings {
  /** Folder of the rule files (`*.yaml`) that Prometheus evaluates. Default: the committed `prometheus/rules`. */
  readonly rulesFolder?: string;
  /** For drills, that have no time to wait. */
  readonly prometheusTiming?: PrometheusTiming;
  readonly collector?: CollectorSettings;
  /** Default: none, alerts are shown by Alertmanager only. */
  readonly notifications?: NotificationTarget;
  readonly alertmanagerTiming?: AlertmanagerTiming;
  /** Default: none, and no exporter for one. */
  readonly mysql?: MysqlTarget;
  /** Turns Prometheus' admin API on, with a guard in front that asks for a token, so that `bellwether backup` can ask for snapshots. Default false. */
  readonly backups?: boolean;
}
