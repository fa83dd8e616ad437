import type { AnnotationQuery } from '@grafana/grafana-foundation-sdk/dashboard';
import { targetInfo } from '../../metrics/target-info.ts';
import { deployments, firingAlerts, firingAlertsOfServers } from '../../queries/alert-queries.ts';
import { DATASOURCE } from './datasource.ts';

/** When a new version of a service appeared. */
const deployAnnotation: AnnotationQuery = {
  name: 'Deployments',
  datasource: DATASOURCE,
  enable: true,
  iconColor: 'blue',
  expr: deployments(targetInfo),
  step: '60s',
  titleFormat: 'Deployment of {{job}}',
  textFormat: '{{service_version}} in {{deployment_environment_name}}',
  tagKeys: 'job,service_version',
};

/** Alerts that fired, about the jobs and environments of the dashboard or about none at all. */
const alertAnnotation: AnnotationQuery = {
  name: 'Alerts',
  datasource: DATASOURCE,
  enable: true,
  iconColor: 'red',
  expr: firingAlerts,
  step: '60s',
  titleFormat: '{{alertname}} ({{severity}})',
  textFormat: '{{service_name}} {{tenant_id}} {{job}}',
  tagKeys: 'alertname,severity,team',
};

/** What is drawn across all panels. */
export const annotationsOf = (isAboutServices: boolean): AnnotationQuery[] =>
  isAboutServices
    ? [deployAnnotation, alertAnnotation]
    : [{ ...alertAnnotation, expr: firingAlertsOfServers }];
