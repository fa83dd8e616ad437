import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureServer } from '@bellwether/cli';
import { parseAllDocuments } from 'yaml';
import { root } from './repository.ts';

const run = promisify(execFile);
export const chart = join(root, 'charts/bellwether');

/** What the chart is rendered with in tests: as it comes, and the files of `ci/`. */
export const VALUES = {
  defaults: [],
  shop: ['--values', join(chart, 'ci/shop-values.yaml')],
  everything: ['--values', join(chart, 'ci/everything-values.yaml')],
} as const;

export interface Labels {
  readonly [name: string]: string;
}
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly securityContext?: object;
  readonly resources?: { readonly requests?: object; readonly limits?: Labels };
  readonly readinessProbe?: object;
  readonly livenessProbe?: object;
  readonly volumeMounts?: readonly { readonly name: string }[];
}
export interface PodSpec {
  readonly containers: readonly Container[];
  readonly volumes?: readonly { readonly name: string; readonly [source: string]: unknown }[];
  readonly [field: string]: unknown;
}
/** One object of Kubernetes, as far as the tests look into it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly labels?: Labels;
    readonly annotations?: Labels;
  };
  readonly spec?: { readonly [field: string]: unknown };
  readonly data?: Labels;
}

/** Runs Helm, which is built once from its Go module, like the servers. */
export async function helm(...args: readonly string[]): Promise<string> {
  const { file } = await ensureServer('helm');
  const { stdout } = await run(file, args, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

/** What `helm template` makes of the chart, as release `bellwether` in the namespace `shop`. */
export async function renderChart(args: readonly string[]): Promise<readonly KubernetesObject[]> {
  const text = await helm('template', 'bellwether', chart, '--namespace', 'shop', ...args);
  return parseAllDocuments(text)
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null);
}

/** Pods that an object makes, with their labels. */
export function podOf(
  object: KubernetesObject,
): { readonly labels: Labels; readonly spec: PodSpec } | undefined {
  const template = object.spec?.template as
    | { readonly metadata?: { readonly labels?: Labels }; readonly spec?: PodSpec }
    | undefined;
  if (template?.spec === undefined) return undefined;
  return { labels: template.metadata?.labels ?? {}, spec: template.spec };
}

/** Whether `labels` has all of a selector's `matchLabels`. */
export function selects(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([name, value]) => labels[name] === value);
}
