// Tenants, alerts and an audit trail with names as hostile as strangers make them.

const hostile = [
  'acme',
  '<script>alert(document.domain)</script>',
  '.*"} or up{tenant_id=~".+',
  '<img src=x onerror=alert(1)>',
  'Bäckerei Müller & Söhne',
  '=HYPERLINK("http://evil.example","x")',
];

/** A page of `count` tenants, searched and ordered as asked. */
export function madeUpTenants(count: number, asked: URLSearchParams) {
  const all = Array.from({ length: count }, (_, index) => ({
    tenant: hostile[index] ?? `tenant-${String(index).padStart(4, '0')}`,
    health: 100 - ((index * 37) % 61) * (index % 5 === 0 ? 1 : 0.18),
    requestsPerSecond: 40 / (1 + index * 0.03),
    errorRatio: index % 5 === 0 ? 0.021 : 0.0004,
    p95Seconds: 0.06 + (index % 9) * 0.014,
    ordersPerHour: 900 / (1 + index * 0.04),
  }));
  const search = (asked.get('search') ?? '').toLowerCase();
  const sort = (asked.get('sort') ?? 'health') as keyof (typeof all)[number];
  const way = asked.get('order') === 'desc' ? -1 : 1;
  const found = all
    .filter(({ tenant }) => tenant.toLowerCase().includes(search))
    .sort((a, b) => (a[sort] < b[sort] ? -way : a[sort] > b[sort] ? way : 0));
  const offset = Number(asked.get('offset') ?? 0);
  return {
    tenants: found.slice(offset, offset + Number(asked.get('limit') ?? 50)),
    total: found.length,
  };
}

export function madeUpAlerts(now = Date.now()) {
  const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
  const base = { tenant: null, service: null, environment: null, silencedBy: [], state: 'active' };
  return {
    alerts: [
      {
        ...base,
        fingerprint: 'a1',
        name: 'ErrorBudgetBurningFast',
        severity: 'critical',
        service: 'shop',
        environment: 'production',
        summary: 'The error budget of shop is burning 14 times too fast',
        description: 'At this rate the budget of 30 days is gone in two days.',
        runbook: 'https://runbooks.example/ErrorBudgetBurningFast',
        startsAt: ago(12),
      },
      {
        ...base,
        fingerprint: 'a2',
        name: 'TenantLatencyHigh',
        severity: 'warning',
        tenant: '<script>alert(1)</script>',
        service: 'shop',
        summary: 'Requests of <script>alert(1)</script> are slow',
        description: 'p99 has been above 1 s for ten minutes.',
        runbook: 'javascript:alert(1)',
        startsAt: ago(47),
      },
      {
        ...base,
        fingerprint: 'a3',
        name: 'RedisMemoryHigh',
        severity: 'warning',
        state: 'suppressed',
        silencedBy: ['s1'],
        summary: 'Redis uses 91 % of its memory',
        description: 'It evicts keys when the memory is full.',
        runbook: 'https://runbooks.example/RedisMemoryHigh',
        startsAt: ago(300),
      },
      {
        ...base,
        fingerprint: 'a4',
        name: 'TenantErrorBudgetBurning',
        severity: 'warning',
        state: 'suppressed',
        tenant: 'acme',
        service: 'shop',
        summary: 'The error budget of acme is burning too fast',
        description: 'One tenant has more errors than was promised.',
        runbook: 'docs/runbooks/TenantErrorBudgetBurning.md',
        startsAt: ago(11),
      },
    ],
    silences: [
      {
        id: 's1',
        matchers: [{ name: 'alertname', value: 'RedisMemoryHigh', isRegex: false, isEqual: true }],
        createdBy: 'ada@example.com',
        comment: 'Larger instance comes tonight, see the plan of the week',
        startsAt: ago(60),
        endsAt: ago(-420),
        state: 'active',
      },
    ],
  };
}

export function madeUpAudit(now = Date.now()) {
  return [
    {
      id: 2,
      at: new Date(now - 3_600_000).toISOString(),
      user: 'ada@example.com',
      role: 'super-admin',
      action: 'silence.create',
      target: 's1',
      detail: { alert: 'RedisMemoryHigh', minutes: 480, comment: 'Larger instance comes tonight' },
    },
    {
      id: 1,
      at: new Date(now - 86_400_000).toISOString(),
      user: 'grace@example.com',
      role: 'super-admin',
      action: 'silence.delete',
      target: 's0',
      detail: { comment: '<b>done</b>' },
    },
  ];
}
