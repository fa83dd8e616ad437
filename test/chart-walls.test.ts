import { beforeAll, describe, expect, test } from 'vitest';
import {
  type KubernetesObject,
  type Labels,
  podOf,
  renderChart,
  selects,
  VALUES,
} from './support/helm-chart.ts';

type Rendered = Record<keyof typeof VALUES, readonly KubernetesObject[]>;
const rendered = {} as Rendered;
beforeAll(async () => {
  for (const [name, values] of Object.entries(VALUES))
    rendered[name as keyof Rendered] = await renderChart(values);
}, 900_000);

const pods = (objects: readonly KubernetesObject[]) =>
  objects.flatMap((object) => {
    const pod = podOf(object);
    return pod === undefined ? [] : [{ ...pod, name: object.metadata.name, kind: object.kind }];
  });
const labelsIn = (value: unknown) => (value as { readonly matchLabels: Labels }).matchLabels;

describe.each(Object.keys(VALUES) as (keyof Rendered)[])('with the values %s', (values) => {
  test('every pod is confined', () => {
    expect(pods(rendered[values]).length).toBeGreaterThan(1);
    for (const { name, spec, kind } of pods(rendered[values])) {
      expect(spec, name).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      });
      for (const field of ['hostNetwork', 'hostPID', 'hostIPC'])
        expect(spec[field], name).toBeUndefined();
      expect(spec.volumes?.filter(({ hostPath }) => hostPath !== undefined) ?? [], name).toEqual(
        [],
      );
      for (const container of spec.containers) {
        expect(container.securityContext, name).toMatchObject({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          privileged: false,
          capabilities: { drop: ['ALL'] },
        });
        expect(container.resources, name).toMatchObject({
          requests: { memory: expect.stringMatching(/Mi$|Gi$/), cpu: expect.anything() },
          limits: { memory: expect.stringMatching(/Mi$|Gi$/) },
        });
        expect(container.image, name).toMatch(/(:v?\d[\w.-]*|@sha256:[0-9a-f]{64})$/);
        if (kind !== 'Job')
          expect([container.readinessProbe, container.livenessProbe], name).not.toContain(
            undefined,
          );
      }
    }
  });

  test('secrets are referred to, never made, and no variable holds one', () => {
    expect(rendered[values].filter(({ kind }) => kind === 'Secret')).toEqual([]);
    for (const { name, spec } of pods(rendered[values]))
      for (const { name: variable } of spec.containers.flatMap(({ env = [] }) => env))
        if (/PASS|SECRET|TOKEN|_KEY|DATABASE_URL|REDIS_URL/.test(variable))
          expect(variable, name).toMatch(/_FILE$/);
  });

  test('every volume that is mounted is there', () => {
    for (const object of rendered[values]) {
      const spec = podOf(object)?.spec;
      const claims = (object.spec?.volumeClaimTemplates ?? []) as readonly KubernetesObject[];
      const there = [...(spec?.volumes ?? []), ...claims.map(({ metadata }) => metadata)];
      for (const { name } of spec?.containers.flatMap(({ volumeMounts = [] }) => volumeMounts) ??
        [])
        expect(
          there.map((volume) => volume.name),
          object.metadata.name,
        ).toContain(name);
    }
  });

  test('every selector finds the pods of one object, and every port a port', () => {
    for (const { kind, metadata, spec } of rendered[values]) {
      const name = `${kind} ${metadata.name}`;
      if (kind === 'Service' && !metadata.name.endsWith('-prometheus')) {
        const found = pods(rendered[values]).filter(({ labels }) =>
          selects(spec?.selector as Labels, labels),
        );
        expect(found, name).toHaveLength(1);
        const there = found[0]?.spec.containers.flatMap(({ ports = [] }) => ports);
        for (const { targetPort } of (spec?.ports ?? []) as readonly {
          readonly targetPort: string;
        }[])
          expect(
            there?.map((port) => port.name),
            name,
          ).toContain(targetPort);
      }
      if (kind === 'PodDisruptionBudget' || kind === 'PodMonitor')
        expect(
          pods(rendered[values]).filter(({ labels }) => selects(labelsIn(spec?.selector), labels)),
          name,
        ).toHaveLength(1);
      if (kind === 'ServiceMonitor')
        expect(
          rendered[values].filter(
            (object) =>
              object.kind === 'Service' &&
              selects(labelsIn(spec?.selector), object.metadata.labels ?? {}),
          ),
          name,
        ).toHaveLength(1);
    }
  });

  test('every pod has a wall, and one that lets nobody in or out but as said', () => {
    const policies = rendered[values].filter(({ kind }) => kind === 'NetworkPolicy');
    for (const { spec, metadata } of policies)
      expect(spec?.policyTypes, metadata.name).toEqual(['Ingress', 'Egress']);
    const deny = policies.find(({ metadata }) => metadata.name.endsWith('-deny'));
    expect(deny?.spec?.ingress).toBeUndefined();
    for (const { name, labels } of pods(rendered[values])) {
      const around = policies.filter(({ spec }) => selects(labelsIn(spec?.podSelector), labels));
      expect(
        around.map(({ metadata }) => metadata.name),
        name,
      ).toContain(deny?.metadata.name);
      expect(around.length, name).toBeGreaterThan(1);
    }
  });
});

test('who sends telemetry, and who asks for tenants, are the apps', () => {
  const sends = pods(rendered.shop).filter(({ labels }) => labels['bellwether/telemetry']);
  expect(sends.map(({ name }) => name).sort()).toEqual([
    'bellwether-notifications',
    'bellwether-shop',
  ]);
  const asks = pods(rendered.shop).filter(({ labels }) => labels['bellwether/asks-for-tenants']);
  expect(asks.map(({ name }) => name)).toEqual(['bellwether-shop']);
});
