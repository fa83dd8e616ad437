import type { ResolvedSpec } from '../monitoring-spec.ts';
import { isAbsent } from '../parts/absent-parts.ts';
import type { AdminCatalog, AdminPanel, AdminQuery, AdminThreshold } from './admin-catalog.ts';
import { adminScope } from './admin-scope.ts';
import { adminViews } from './admin-views.ts';
import type { Question, Whom } from './question.ts';
import { tableQuestions } from './questions/table-questions.ts';

/** The queries and views of the admin page for a spec: what its services do not have is left out. */
export function buildAdminCatalog(spec: ResolvedSpec): AdminCatalog {
  const views = adminViews
    .map(({ questions, ...view }) => ({
      ...view,
      questions: questions.filter((question) => queryOf(question, spec) !== undefined),
    }))
    .filter(({ questions }) => questions.length > 0);
  const questions = [...views.flatMap((view) => view.questions), ...tableQuestions];
  const queries = questions.flatMap((question) => {
    const query = queryOf(question, spec);
    return query === undefined ? [] : [[question.name, query] as const];
  });
  return {
    version: 1,
    queries: Object.fromEntries(queries),
    views: views.map(({ questions: shown, ...view }) => ({ ...view, panels: shown.map(panelOf) })),
  };
}

function queryOf(question: Question, spec: ResolvedSpec): AdminQuery | undefined {
  const { title, description, unit, ask = 'range', whom = ['all', 'tenant'] } = question;
  const scope = adminScope(question, spec.histograms);
  const templates = whom.flatMap((one: Whom) => {
    const promql = question.promql(scope, one, spec);
    return promql === undefined || isAbsent(promql, spec) ? [] : [[one, promql] as const];
  });
  if (templates.length === 0) return undefined;
  const thresholds = thresholdsOf(question);
  return {
    title,
    description,
    unit,
    ask,
    ...Object.fromEntries(templates),
    ...(thresholds.length > 0 && { thresholds }),
  };
}

function thresholdsOf({ levels = {}, bad = 'above' }: Question): readonly AdminThreshold[] {
  return (['warning', 'critical'] as const).flatMap((severity) => {
    const value = levels[severity];
    return value === undefined ? [] : [{ value, severity, bad }];
  });
}

function panelOf({ name, kind, legend, size, group, graph }: Question): AdminPanel {
  return {
    id: name,
    query: name,
    kind,
    ...(legend !== undefined && { legend }),
    ...(size !== undefined && { size }),
    ...(group !== undefined && { group }),
    ...(graph !== undefined && { graph }),
  };
}
