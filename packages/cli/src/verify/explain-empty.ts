import { type AskTime, askInstant } from './ask-query.ts';
import type { PrometheusClient } from './prometheus-client.ts';
import { type Matcher, type Selector, selectorsOf, withMatchers } from './selectors.ts';

/** Why a selector finds nothing. */
export interface MissingSelector {
  readonly selector: string;
  readonly metric: string | undefined;
  /** `metric`: it has no series at all. `label`, `value`: a matcher leaves none. `time`: none at that offset or in that range. */
  readonly because: 'metric' | 'label' | 'value' | 'time';
  /** `1w`, where it asks for what was that long ago, and there is only what came later. */
  readonly ago?: string;
  /** The matcher that emptied it, where one alone did. */
  readonly matcher?: string;
  readonly message: string;
}

/**
 * The selectors of an expression that find nothing. Empty: all find something, what stands between them leaves nothing. Where it asks for what has a label
 * and for what has none, both of the same metric, one of the two is enough.
 */
export async function missingSelectors(
  prometheus: PrometheusClient,
  expression: string,
  time: AskTime,
): Promise<readonly MissingSelector[]> {
  const selectors = selectorsOf(expression);
  const found = await Promise.all(selectors.map((selector) => missing(prometheus, selector, time)));
  const present = new Set(
    selectors.filter((_, index) => found[index] === undefined).map((one) => halfOf(one, identity)),
  );
  return found.filter((one, index): one is MissingSelector => {
    const selector = selectors[index];
    return one !== undefined && !(selector && present.has(halfOf(selector, otherHalf)));
  });
}

const identity = (text: string) => text;
const otherHalf = (text: string) =>
  text.endsWith('!=""') ? text.replace(/!=""$/, '=""') : text.replace(/(?<!!)=""$/, '!=""');

/** A name for the selector, its matchers about the presence of a label turned round by `turn`. */
function halfOf({ metric, matchers, range, offset }: Selector, turn: (text: string) => string) {
  return JSON.stringify([metric, matchers.map(({ text }) => turn(text)).sort(), range, offset]);
}

/** Each reason once. */
export function whyMissing(missing: readonly MissingSelector[]): string {
  return [...new Set(missing.map(({ message }) => message))].join('; ');
}

async function missing(
  prometheus: PrometheusClient,
  selector: Selector,
  time: AskTime,
): Promise<MissingSelector | undefined> {
  const has = async (query: string) => (await askInstant(prometheus, query, time)) !== 'nothing';
  const { metric, matchers, range, offset } = selector;
  const of = (some: readonly Matcher[], within = range, ago = offset) => {
    const text = withMatchers(selector, some);
    return within === ''
      ? `group(${text} ${ago})`
      : `group(last_over_time(${text}${within} ${ago}))`;
  };
  if (await has(of(matchers))) return undefined;
  const said = { selector: selector.text, metric };
  if (await has(of(matchers, '', ''))) {
    const when = [range && `in ${range}`, offset].filter((word) => word !== '').join(' ');
    return {
      ...said,
      because: 'time',
      ...(offset !== '' && { ago: offset.replace(/^offset\s+/, '') }),
      message: `${selector.text} has nothing ${when}`,
    };
  }
  if (metric !== undefined && !(await has(of([], '', '')))) {
    return { ...said, because: 'metric', message: `no metric ${metric}` };
  }
  for (const matcher of matchers) {
    const others = matchers.filter((one) => one !== matcher);
    // Prometheus refuses a selector that could match everything.
    if (metric === undefined && !others.some(({ label }) => label === '__name__')) continue;
    if (!(await has(of(others, '', '')))) continue;
    const values = await valuesOf(prometheus, matcher.label, withMatchers(selector, others), time);
    const without = withMatchers(selector, others);
    return {
      ...said,
      ...{ because: values.length === 0 ? 'label' : 'value', matcher: matcher.text },
      message:
        values.length === 0
          ? `${without} has no label ${matcher.label}`
          : `${matcher.text} matches nothing of ${without}, which has ${list(values)}`,
    };
  }
  const name = metric ?? 'any metric';
  return { ...said, because: 'value', message: `no series of ${name} fits ${selector.text}` };
}

async function valuesOf(
  prometheus: PrometheusClient,
  label: string,
  selector: string,
  { now, lookBack }: AskTime,
): Promise<readonly string[]> {
  const range = { start: String(now - lookBack), end: String(now) };
  const path = `/api/v1/label/${encodeURIComponent(label)}/values`;
  return (await prometheus.ask(path, { 'match[]': selector, ...range })) as readonly string[];
}

function list(values: readonly string[]): string {
  const some = values.slice(0, 5).map((value) => JSON.stringify(value));
  return `${some.join(', ')}${values.length > some.length ? ', ...' : ''}`;
}
