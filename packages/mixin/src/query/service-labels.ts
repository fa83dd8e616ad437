/** The labels that name a service; alerts are grouped by `service_name`, dashboards select by `job`. */
export const SERVICE = ['deployment_environment_name', 'job', 'service_name'] as const;
export const TENANT = 'tenant_id';
/** One replica of a service. */
export const INSTANCE = [...SERVICE, 'instance'] as const;
/** One version of a service. */
export const VERSION = [...SERVICE, 'service_version'] as const;
