export interface PromValue {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** An instant query; `time` in seconds since 1970, default now. */
export async function promValues(
  prometheus: string,
  query: string,
  time?: number,
): Promise<PromValue[]> {
  const url = new URL('/api/v1/query', prometheus);
  url.searchParams.set('query', query);
  if (time !== undefined) url.searchParams.set('time', String(time));
  const answer = (await (await fetch(url)).json()) as {
    status: string;
    error?: string;
    data: { result: { metric: Record<string, string>; value: [number, string] }[] };
  };
  if (answer.status !== 'success') throw new Error(`Prometheus: ${answer.error} (${query})`);
  return answer.data.result.map(({ metric, value }) => ({
    labels: metric,
    value: Number(value[1]),
  }));
}
