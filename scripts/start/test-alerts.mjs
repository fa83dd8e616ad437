const everySeconds = 40;

/**
 * Hands Alertmanager a new alert now and then, as Prometheus would, until the signal: in a healthy shop nothing else goes the way to
 * the notification service, and its panels would have nothing to show. Each is resolved by itself after five minutes.
 */
export async function sendTestAlerts(alertmanager, signal) {
  for (let number = 1; !signal.aborted; number += 1) {
    const alert = {
      labels: {
        alertname: `TestAlert${number}`,
        severity: 'warning',
        team: 'platform',
        service_name: 'verify',
      },
      annotations: {
        summary: 'A test of the way to people',
        description: 'Nothing is wrong: somebody wants to see a notification arrive.',
      },
    };
    await fetch(new URL('/api/v2/alerts', alertmanager), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([alert]),
      signal,
    }).catch(() => undefined);
    await wait(everySeconds * 1_000, signal);
  }
}

function wait(ms, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
