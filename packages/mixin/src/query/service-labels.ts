/** The labels that name a service; alerts are grouped by `service_name`, dashboards select by `job`. */
export const ENVIRONMENT = 'deployment_environment_name';
export const SERVICE = [ENVIRONMENT, 'job', 'service_name'] as const;
export const TENANT = 'tenant_id';
/** One replica of a service. */
export const INSTANCE = [...SERVICE, 'instance'] as const;
/** One scraped server; the environment is that of its scrape target, where that has one. */
export const SERVER = [ENVIRONMENT, 'job', 'instance'] as const;
/** One version of a service. */
export const VERSION = [...SERVICE, 'service_version'] as const;
