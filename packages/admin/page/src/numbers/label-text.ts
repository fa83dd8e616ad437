import type { Labels } from '../api/answers.ts';

const titles: Readonly<Record<string, string>> = {
  tenant_id: 'tenant',
  http_route: 'route',
  http_request_method: 'method',
  http_response_status_code: 'status',
  service_name: 'service',
  db_operation_name: 'operation',
  db_namespace: 'database',
  deployment_environment_name: 'environment',
};

/** A label's name as people say it: `http_route` is `route`, `db_collection_name` is `db collection name`. */
export const labelTitle = (name: string): string => titles[name] ?? name.replaceAll('_', ' ');

/** Fills `{{label}}` in a template; without a template, the values of all labels. Plain text, whatever it says. */
export function seriesName(labels: Labels, template: string | undefined, fallback: string): string {
  if (template !== undefined && template !== '') {
    const filled = template
      .replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, name: string) => labels[name] ?? '')
      .trim();
    if (filled !== '') return filled;
  }
  const values = Object.entries(labels)
    .filter(([name, value]) => name !== '__name__' && value !== '')
    .map(([, value]) => value);
  return values.length === 0 ? fallback : values.join(' · ');
}
