import type { MeterCatalog } from '@bellwether/meters';

/** What the module reader says, one message a module and then its end. */
export type FromModuleReader =
  | { readonly type: 'module'; readonly module: ReadModule }
  | { readonly type: 'failed'; readonly file: string; readonly message: string };

/** A module of the user as data. */
export interface ReadModule {
  readonly file: string;
  /** Names of all its exports. */
  readonly exports: readonly string[];
  /** Catalogs of those exports that `defineMeters` returned. */
  readonly catalogs: readonly MeterCatalog[];
  /** The default export, where it is plain data: meters in it stand as their catalogs. */
  readonly spec?: unknown;
}
