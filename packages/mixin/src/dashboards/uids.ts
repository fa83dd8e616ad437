/** Stable for ever: links, alerts and bookmarks use them. */
export const uids = {
  executive: 'bellwether-executive',
  application: 'bellwether-application',
  services: 'bellwether-services',
  api: 'bellwether-api',
  http: 'bellwether-http',
  database: 'bellwether-database',
  cache: 'bellwether-cache',
  business: 'bellwether-business',
  ecommerce: 'bellwether-ecommerce',
  tenant: 'bellwether-tenant',
  node: 'bellwether-node',
  system: 'bellwether-system',
  slo: 'bellwether-slo',
  pipeline: 'bellwether-pipeline',
  year: 'bellwether-year',
} as const;
