import { readFileSync } from 'node:fs';

/** Where an alert can be seen on its way. A server that the drill has taken away has nothing to say. */
export function alertSources({ prometheus, alertmanager, notifications, readTokenFile }) {
  const token = readFileSync(readTokenFile, 'utf8').trim();
  return {
    /** `pending`, `firing` or undefined. */
    async prometheus({ name, severity }) {
      const answer = await ask(`${prometheus}/api/v1/alerts`);
      const states = (answer?.data.alerts ?? [])
        .filter(({ labels }) => labels.alertname === name && labels.severity === severity)
        .map(({ state }) => state);
      return states.includes('firing') ? 'firing' : states[0];
    },
    async alertmanager({ name, severity }) {
      const query = new URLSearchParams({ active: 'true' });
      for (const [label, value] of Object.entries({ alertname: name, severity }))
        query.append('filter', `${label}="${value}"`);
      const alerts = await ask(`${alertmanager}/api/v2/alerts?${query}`);
      return (alerts ?? []).length > 0;
    },
    /** The first of its alerts that was received since then. */
    async notifications({ name, severity }, since) {
      const from = since.toISOString();
      const query = new URLSearchParams({ name, severity, since: from, limit: '200' });
      const answer = await ask(`${notifications}/api/v1/alerts?${query}`, token);
      return answer?.alerts.at(-1);
    },
  };
}

async function ask(url, token) {
  try {
    const response = await fetch(url, {
      ...(token && { headers: { authorization: `Bearer ${token}` } }),
      signal: AbortSignal.timeout(5_000),
    });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}
