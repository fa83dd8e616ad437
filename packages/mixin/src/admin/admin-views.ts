import type { AdminView } from './admin-catalog.ts';
import type { Question } from './question.ts';
import { alertQuestions } from './questions/alert-questions.ts';
import { businessQuestions } from './questions/business-questions.ts';
import { databaseQuestions } from './questions/database-questions.ts';
import { liveQuestions } from './questions/live-questions.ts';
import { overviewQuestions } from './questions/overview-questions.ts';
import { pipelineQuestions } from './questions/pipeline-questions.ts';
import { requestQuestions } from './questions/request-questions.ts';
import { serviceQuestions } from './questions/service-questions.ts';
import { sloQuestions } from './questions/slo-questions.ts';
import { tenantQuestions } from './questions/tenant-questions.ts';

interface ViewSource extends Omit<AdminView, 'panels'> {
  readonly questions: readonly Question[];
}

/** The views of the admin page, in the order of its menu. */
export const adminViews: readonly ViewSource[] = [
  {
    id: 'overview',
    title: 'Overview',
    description: 'Is it up, is it fast, and does it earn?',
    questions: overviewQuestions,
  },
  {
    id: 'live',
    title: 'Live',
    description: 'The figures of the last minutes, as they come in.',
    questions: liveQuestions,
  },
  {
    id: 'services',
    title: 'Services',
    description: 'Every service and its processes: who serves, who struggles.',
    questions: serviceQuestions,
  },
  {
    id: 'pipeline',
    title: 'Pipeline',
    description: 'Whether the numbers on this page arrive: Collector, Prometheus, Alertmanager.',
    questions: pipelineQuestions,
  },
  {
    id: 'requests',
    title: 'Requests',
    description: 'Traffic, errors and time to answer, by route and status.',
    questions: requestQuestions,
  },
  {
    id: 'database',
    title: 'Database and cache',
    description: 'What services wait for: databases, pools and caches.',
    questions: databaseQuestions,
  },
  {
    id: 'business',
    title: 'Business',
    description: 'Orders, revenue, customers and subscriptions.',
    questions: businessQuestions,
  },
  {
    id: 'tenants',
    title: 'Tenants',
    description: 'How well each tenant is served.',
    questions: tenantQuestions,
  },
  {
    id: 'alerts',
    title: 'Alerts',
    description: 'What fires now, and what is silenced by whom.',
    questions: alertQuestions,
  },
  {
    id: 'slo',
    title: 'Objectives',
    description: 'What was promised, and how much of the error budget is left.',
    questions: sloQuestions,
  },
];
