/** The samples of an instant query, or what went wrong: `{ status, samples, warnings }`. */
export async function ask(url, query, headers = {}) {
  const response = await fetch(`${url}/api/v1/query`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({ query }),
    signal: AbortSignal.timeout(60_000),
  });
  const text = await response.text();
  if (!response.ok) return { status: response.status, samples: [], text };
  const { data, warnings = [] } = JSON.parse(text);
  return { status: response.status, samples: data.result, warnings, text };
}

/** One number for each value of a label. */
export async function byLabel(url, query, label) {
  const { samples, status, text } = await ask(url, query);
  if (status !== 200)
    throw new Error(`Expected ${url} to answer ${query}, got ${status} ${text.slice(0, 200)}`);
  return Object.fromEntries(
    samples.map(({ metric, value }) => [metric[label] ?? '', Number(value[1])]),
  );
}
