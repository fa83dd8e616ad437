import type { Catalog } from './catalog.ts';
import data from './default-catalog.json' with { type: 'json' };

/** What an app can be asked that counts by the presets, generated from the queries that rules and dashboards use. */
export const defaultCatalog = data as Catalog;
