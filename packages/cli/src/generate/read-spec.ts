import { relative, resolve } from 'node:path';
import type { MeterCatalog } from '@bellwether/meters';
import type { MonitoringSpec } from '@bellwether/mixin';
import type { ReadModule } from '../catalog/module-reader-messages.ts';
import { readModules } from '../catalog/read-modules.ts';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';

/** Where a spec comes from: a file that exports it, catalogs, or both; `overrides` stand above the file. */
export interface SpecSource {
  readonly config?: string;
  readonly catalogs: readonly string[];
  readonly overrides: Pick<MonitoringSpec, 'histograms' | 'links' | 'tenantBudget' | 'without'>;
}

/** Fields of a spec: anything else in a file is a typing mistake. */
const FIELDS: Readonly<Record<keyof MonitoringSpec, true>> = {
  catalogs: true,
  objectives: true,
  tenantBudget: true,
  seriesBudget: true,
  histograms: true,
  release: true,
  without: true,
  links: true,
  timeScale: true,
};

/**
 * The spec that the files of a command line name.
 * Throws ERR_CATALOG_FILE for a file that cannot be imported or exports nothing that we know.
 */
export async function readSpec(context: Context, source: SpecSource): Promise<MonitoringSpec> {
  const { config, catalogs, overrides } = source;
  const files = [...(config === undefined ? [] : [config]), ...catalogs];
  const modules = await readModules(
    context,
    files.map((file) => resolve(context.cwd, file)),
  );
  const [first] = modules;
  const base = config === undefined ? { catalogs: [] } : specOf(context, first);
  const others = config === undefined ? modules : modules.slice(1);
  const links = { ...base.links, ...overrides.links };
  return {
    ...base,
    ...overrides,
    ...(Object.keys(links).length > 0 && { links }),
    catalogs: distinct([
      ...base.catalogs,
      ...others.flatMap((module) => catalogsOf(context, module)),
    ]),
  };
}

function specOf({ cwd }: Context, module: ReadModule | undefined): MonitoringSpec {
  const spec = module?.spec as Partial<MonitoringSpec> | undefined;
  const file = relative(cwd, module?.file ?? '');
  if (spec === undefined || !Array.isArray(spec.catalogs)) {
    throw new CliError(
      'ERR_CATALOG_FILE',
      `Expected ${file} to export what defineMonitoring({ catalogs: [...] }) returns as its default, got ${named(module)}.`,
    );
  }
  const unknown = Object.keys(spec).filter((key) => !Object.hasOwn(FIELDS, key));
  if (unknown.length > 0) {
    throw new CliError(
      'ERR_CATALOG_FILE',
      `Expected ${file} to export ${Object.keys(FIELDS).join(', ')} only, got ${unknown.join(', ')}.`,
    );
  }
  return spec as MonitoringSpec;
}

function catalogsOf({ cwd }: Context, module: ReadModule): readonly MeterCatalog[] {
  if (module.catalogs.length > 0) return module.catalogs;
  throw new CliError(
    'ERR_CATALOG_FILE',
    `Expected ${relative(cwd, module.file)} to export meters that defineMeters() returned, got ${named(module)}; export them, as in export const meters = defineMeters(...).`,
  );
}

const named = (module: ReadModule | undefined) =>
  module === undefined || module.exports.length === 0
    ? 'no exports'
    : `other exports (${module.exports.join(', ')})`;

/** A catalog that two files export, or that was read twice, is one. */
function distinct(catalogs: readonly MeterCatalog[]): readonly MeterCatalog[] {
  return [...new Map(catalogs.map((one) => [JSON.stringify(one), one])).values()];
}
