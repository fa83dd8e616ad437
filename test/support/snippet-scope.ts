/**
 * What snippets speak of without saying where it comes from, with its type. Names that our packages export need no entry: a snippet that does
 * not import one is checked as if it did. `import(...)` is seen from the root of the repository.
 */
export const DECLARED: Readonly<Record<string, string>> = {
  app: "import('express').Express",
  accountOf: '(request: unknown) => { readonly id: string }',
  adminOf: '(session: unknown) => undefined',
  audit: "import('@bellwether/admin').AuditTrail",
  authorize: '(request: unknown) => undefined',
};

/** The same, where a name means something of the example on one page only. */
export const DECLARED_ON: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'docs/guides/meters.md': {
    commerce: "typeof import('@bellwether/meters/presets').commerce",
    meters: 'any',
  },
  'docs/guides/shop.md': {
    commit: "typeof import('./examples/shop/src/database/commit.ts').commit",
    compareWithLedger: "typeof import('./examples/shop/src/ledger/index.ts').compareWithLedger",
    data: 'any',
    database: 'any',
    databaseUrl: 'string',
    meters: "typeof import('./examples/shop/src/meters.ts').meters",
    prometheusUrl: 'string',
    renderComparison: "typeof import('./examples/shop/src/ledger/index.ts').renderComparison",
    requestsByTenant: 'Record<string, number>',
    since: 'Date',
  },
};
