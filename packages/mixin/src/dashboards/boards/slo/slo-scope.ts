import { sloThresholds } from '../../../thresholds/slo-thresholds.ts';

/** Recorded series have neither instance nor version; those by tenant have `tenant_id`. */
export const CHOSEN = ['deployment_environment_name=~"$environment"', 'job=~"$job"', 'slo=~"$slo"'];
export const TENANT_CHOSEN = [...CHOSEN, 'tenant_id=~"$tenant"'];
export const SERVICE_LEGEND = '{{slo}} {{job}}';

/** The windows of the alerts that wake somebody, and of those for working hours. */
export const [page, pageLater] = sloThresholds.fast;
export const [ticket, ticketLater] = sloThresholds.slow;
