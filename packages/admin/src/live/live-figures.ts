import { AdminError } from '../admin-error.ts';
import type { Scope } from '../ask/ask.ts';
import { askInstant } from '../ask/instant.ts';
import type { PrometheusClient } from '../ask/prometheus-client.ts';
import type { Settings } from '../monitoring-options.ts';

/** One number of the live view; `labels` tell apart several of one query, such as currencies. */
export interface Figure {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number | null;
}

/** Asks for the figures of a scope: an event `figures`, or `problem` when they can't be had. Never rejects. */
export async function liveFigures(
  scope: Scope,
  settings: Settings,
  prometheus: PrometheusClient,
): Promise<string> {
  const { queries, views } = settings.catalog;
  const panels = views.find(({ id }) => id === 'live')?.panels ?? [];
  try {
    const figures = await Promise.all(
      panels.map(async ({ query: name }): Promise<readonly Figure[]> => {
        const query = queries.get(name);
        const template = scope.tenant === undefined ? query?.all : query?.tenant;
        if (query === undefined || template === undefined) return [];
        const question = { name, query, template, scope };
        const now = { time: undefined, range: 300 };
        const { rows } = await askInstant(question, now, settings, prometheus, 20);
        const { title, unit } = query;
        const found = rows.length > 0 ? rows : [{ labels: {}, value: null }];
        return found.map(({ labels, value }) => ({ id: name, title, unit, labels, value }));
      }),
    );
    return event('figures', { time: Date.now() / 1000, figures: figures.flat() });
  } catch (error) {
    const { code, message, hint } =
      error instanceof AdminError
        ? error
        : new AdminError('ERR_ADMIN_INTERNAL', 'The figures could not be had.', 'Wait a moment.');
    return event('problem', { time: Date.now() / 1000, error: { code, message, hint } });
  }
}

/** JSON has no line ends outside of its escapes: one `data` line holds it. */
export const event = (name: string, data: unknown): string =>
  `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
