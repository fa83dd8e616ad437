/** Recorded series have neither instance nor version. */
export const SERVICES = ['deployment_environment_name=~"$environment"', 'job=~"$job"'];
export const TENANTS = [...SERVICES, 'tenant_id=~"$tenant"'];

/** Stands in every panel. */
export const OF_DAY = 'Each point is about the day before it.';
