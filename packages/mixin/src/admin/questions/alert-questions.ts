import { firingCountOfPage, firingOverTimeOfPage } from '../../queries/alert-queries.ts';
import { overviewThresholds } from '../../thresholds/overview-thresholds.ts';
import type { Question } from '../question.ts';

export const criticalAlerts: Question = {
  name: 'alerts-critical',
  title: 'Critical alerts',
  description: 'Alerts that fire now and call somebody.',
  unit: '{alert}',
  kind: 'stat',
  levels: overviewThresholds.firingCritical,
  promql: () => firingCountOfPage('critical'),
};

export const warnings: Question = {
  name: 'alerts-warning',
  title: 'Warnings',
  description: 'Alerts that fire now and want a look in working hours.',
  unit: '{alert}',
  kind: 'stat',
  levels: overviewThresholds.firingWarning,
  promql: () => firingCountOfPage('warning'),
};

export const alertQuestions: readonly Question[] = [
  criticalAlerts,
  warnings,
  {
    name: 'alerts-over-time',
    title: 'Alerts over time',
    description: 'How many alerts fired, by severity.',
    unit: '{alert}',
    kind: 'timeseries',
    legend: '{{severity}}',
    graph: 'stacked',
    size: 'wide',
    promql: () => firingOverTimeOfPage,
  },
];
