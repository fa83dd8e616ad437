import type { Check } from './check.ts';
import { alertmanager } from './checks/alertmanager.ts';
import { alertmanagerKnown } from './checks/alertmanager-known.ts';
import { apiCopies } from './checks/api-copies.ts';
import { apiVersion } from './checks/api-version.ts';
import { appArrives } from './checks/app-arrives.ts';
import { arrival } from './checks/arrival.ts';
import { clockSkew } from './checks/clock-skew.ts';
import { collector } from './checks/collector.ts';
import { collectorAccepts } from './checks/collector-accepts.ts';
import { collectorQueue } from './checks/collector-queue.ts';
import { entry } from './checks/entry.ts';
import { grafana } from './checks/grafana.ts';
import { libraries } from './checks/libraries.ts';
import { metricConflicts } from './checks/metric-conflicts.ts';
import { node } from './checks/node.ts';
import { notificationRoute } from './checks/notification-route.ts';
import { otherSdk } from './checks/other-sdk.ts';
import { otlpReceiver } from './checks/otlp-receiver.ts';
import { outOfOrder } from './checks/out-of-order.ts';
import { ports } from './checks/ports.ts';
import { preload } from './checks/preload.ts';
import { prometheus } from './checks/prometheus.ts';
import { promotedAttributes } from './checks/promoted-attributes.ts';
import { refusedWrites } from './checks/refused-writes.ts';
import { replicas } from './checks/replicas.ts';
import { ruleFailures } from './checks/rule-failures.ts';
import { rulesLoaded } from './checks/rules-loaded.ts';
import { sdkInstalled } from './checks/sdk-installed.ts';
import { settings } from './checks/settings.ts';
import { tenantBudget } from './checks/tenant-budget.ts';

/** Every check, in the order of the way of the data: the first row that is not well is where to begin. */
export const CHECKS: readonly Check[] = [
  node,
  entry,
  sdkInstalled,
  apiCopies,
  apiVersion,
  preload,
  otherSdk,
  libraries,
  settings,
  ports,
  collector,
  collectorAccepts,
  collectorQueue,
  prometheus,
  otlpReceiver,
  promotedAttributes,
  outOfOrder,
  arrival,
  refusedWrites,
  appArrives,
  replicas,
  metricConflicts,
  tenantBudget,
  rulesLoaded,
  ruleFailures,
  alertmanagerKnown,
  alertmanager,
  notificationRoute,
  grafana,
  clockSkew,
];
