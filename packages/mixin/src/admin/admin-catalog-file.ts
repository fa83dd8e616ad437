import type { GeneratedFile } from '../generated-file.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { buildAdminCatalog } from './build-admin-catalog.ts';

/** The admin page's queries and views as a file: `monitoring({ catalog })` of `@bellwether/admin` takes what is in it. */
export const adminCatalogFile = (spec: ResolvedSpec): GeneratedFile => ({
  path: 'admin/catalog.json',
  text: `${JSON.stringify(buildAdminCatalog(spec), null, 2)}\n`,
});
