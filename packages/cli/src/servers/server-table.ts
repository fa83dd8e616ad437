/** A server, or a tool of one, that is built from a Go module in `tools/`. */
export interface ServerRow {
  /** Name of the binary that is built. */
  readonly name: string;
  /** Environment variable that names a binary to take instead. */
  readonly variable: string;
  /** Names to look for on PATH, in order. Empty: such a binary cannot say its version, so none is taken. */
  readonly onPath: readonly string[];
  /** Folder in `tools/`. */
  readonly folder: string;
  /** Go package to build, seen from that folder. */
  readonly package: string;
  /** What `tools/<folder>/go.mod` builds. */
  readonly version: string;
  /** The oldest version from PATH that our configuration files work with; a newer major version is refused. */
  readonly oldest: string;
  /** Build tags. */
  readonly tags?: string;
  /** Where the version is linked into, for modules that do not know their own. */
  readonly versionVariable?: string;
  /** Built when something asks for it, and not with all the others. */
  readonly onRequest?: true;
  /** One from PATH must name these components in the output of `components`. */
  readonly components?: readonly string[];
}

const prometheusCommon = 'github.com/prometheus/common/version.Version';

export const SERVER_TABLE = [
  {
    name: 'prometheus',
    variable: 'BELLWETHER_PROMETHEUS',
    onPath: ['prometheus'],
    folder: 'prometheus',
    package: 'github.com/prometheus/prometheus/cmd/prometheus',
    version: '3.15.0',
    oldest: '3.15.0',
    tags: 'remove_all_sd',
    versionVariable: prometheusCommon,
  },
  {
    name: 'promtool',
    variable: 'BELLWETHER_PROMTOOL',
    onPath: ['promtool'],
    folder: 'prometheus',
    package: 'github.com/prometheus/prometheus/cmd/promtool',
    version: '3.15.0',
    oldest: '3.15.0',
    tags: 'remove_all_sd',
    versionVariable: prometheusCommon,
  },
  {
    name: 'otelcol',
    variable: 'BELLWETHER_OTELCOL',
    onPath: ['otelcol-contrib', 'otelcol'],
    folder: 'otelcol',
    package: '.',
    version: '0.155.0',
    oldest: '0.155.0',
    components: ['file_storage', 'health_check', 'filter', 'span_metrics', 'otlp_http'],
  },
  {
    name: 'alertmanager',
    variable: 'BELLWETHER_ALERTMANAGER',
    onPath: ['alertmanager'],
    folder: 'alertmanager',
    package: 'github.com/prometheus/alertmanager/cmd/alertmanager',
    version: '0.31.1',
    oldest: '0.31.0',
    versionVariable: prometheusCommon,
  },
  {
    name: 'amtool',
    variable: 'BELLWETHER_AMTOOL',
    onPath: ['amtool'],
    folder: 'alertmanager',
    package: 'github.com/prometheus/alertmanager/cmd/amtool',
    version: '0.31.1',
    oldest: '0.31.0',
    versionVariable: prometheusCommon,
  },
  {
    name: 'prom-label-proxy',
    variable: 'BELLWETHER_PROM_LABEL_PROXY',
    onPath: [],
    folder: 'prom-label-proxy',
    package: 'github.com/prometheus-community/prom-label-proxy',
    version: '0.11.1',
    oldest: '0.11.1',
  },
  {
    name: 'node_exporter',
    variable: 'BELLWETHER_NODE_EXPORTER',
    onPath: ['node_exporter', 'prometheus-node-exporter'],
    folder: 'node-exporter',
    package: 'github.com/prometheus/node_exporter',
    version: '1.12.1',
    oldest: '1.10.0',
    versionVariable: prometheusCommon,
  },
  {
    name: 'docker-compose',
    variable: 'BELLWETHER_DOCKER_COMPOSE',
    onPath: ['docker-compose'],
    folder: 'docker-compose',
    package: 'github.com/docker/compose/v2/cmd',
    version: '2.40.3',
    oldest: '2.30.0',
    versionVariable: 'github.com/docker/compose/v2/internal.Version',
    onRequest: true,
  },
  {
    name: 'helm',
    variable: 'BELLWETHER_HELM',
    onPath: [],
    folder: 'helm',
    package: 'helm.sh/helm/v4/cmd/helm',
    version: '4.3.1',
    oldest: '4.3.1',
    onRequest: true,
  },
  {
    name: 'thanos',
    variable: 'BELLWETHER_THANOS',
    onPath: ['thanos'],
    folder: 'thanos',
    package: 'github.com/thanos-io/thanos/cmd/thanos',
    version: '0.42.4',
    oldest: '0.42.0',
    // Without slicelabels its receiver panics.
    tags: 'netgo,slicelabels',
    versionVariable: prometheusCommon,
    onRequest: true,
  },
] as const satisfies readonly ServerRow[];

/** A server or tool that is built from a Go module where PATH has none. */
export type ServerName = (typeof SERVER_TABLE)[number]['name'];

export function serverRow(name: ServerName): ServerRow {
  const row = SERVER_TABLE.find((candidate) => candidate.name === name);
  if (row === undefined) throw new TypeError(`Expected a server of the table, got ${name}`);
  return row;
}

/** Flags of `go build`, without output and package. */
export function buildFlags(row: ServerRow): readonly string[] {
  const link = ['-s', '-w'];
  if (row.versionVariable !== undefined) link.push('-X', `${row.versionVariable}=${row.version}`);
  const tags = row.tags === undefined ? [] : ['-tags', row.tags];
  return ['-trimpath', '-buildvcs=false', '-mod=readonly', ...tags, '-ldflags', link.join(' ')];
}
