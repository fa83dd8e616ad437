import type { Catalog, CatalogPanel, CatalogQuery, CatalogThreshold } from './catalog.ts';

/** A catalog by name. A map: no name finds what every object has. */
export interface NamedQueries {
  readonly queries: ReadonlyMap<string, CatalogQuery>;
  readonly views: Catalog['views'];
}

/** What may be asked, from a file. Throws ERR_ADMIN_OPTION when it is not one. */
export function readCatalog(catalog: Catalog): NamedQueries {
  const { version, queries, views } = catalog ?? {};
  if (version !== 1 || typeof queries !== 'object' || !Array.isArray(views))
    throw new TypeError(
      `Expected catalog to be what bellwether generate wrote to admin/catalog.json (version 1), got version ${String(version)}; generate it again. ERR_ADMIN_OPTION`,
    );
  return { queries: new Map(Object.entries(queries)), views };
}

export interface ShownPanel extends CatalogPanel {
  readonly title: string;
  readonly description: string;
  readonly unit: string;
  readonly ask: 'range' | 'instant';
  readonly thresholds: readonly CatalogThreshold[];
}

/** The views as one role sees them: panels that it may ask for, and views that have any. */
export function viewsFor({ queries, views }: NamedQueries, role: 'super-admin' | 'tenant-admin') {
  return views
    .map(({ panels, ...view }) => ({
      ...view,
      panels: panels.flatMap((panel): ShownPanel[] => {
        const query = queries.get(panel.query);
        if (query === undefined) return [];
        const template = role === 'super-admin' ? (query.all ?? query.tenant) : query.tenant;
        if (template === undefined) return [];
        const { title, description, unit, ask, thresholds = [] } = query;
        return [{ ...panel, title, description, unit, ask, thresholds }];
      }),
    }))
    .filter(({ panels }) => panels.length > 0);
}
