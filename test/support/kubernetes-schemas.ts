import { join } from 'node:path';
import ts from 'typescript';
import type { KubernetesObject } from './helm-chart.ts';
import { root } from './repository.ts';

interface Model {
  new (object: object): { validate(): void };
}

/**
 * The Instrumentation of the OpenTelemetry operator, as far as the chart uses it: its module can not be had here.
 * https://github.com/open-telemetry/opentelemetry-operator/blob/main/docs/api/instrumentations.md
 */
const INSTRUMENTATION = `
interface Variable { name: string; value: string }
interface IInstrumentation {
  apiVersion: 'opentelemetry.io/v1alpha1';
  kind: 'Instrumentation';
  metadata: import('@kubernetes-models/apimachinery/apis/meta/v1/ObjectMeta').IIoK8sApimachineryPkgApisMetaV1ObjectMeta;
  spec: {
    exporter: { endpoint: string };
    propagators: ('tracecontext' | 'baggage' | 'b3' | 'b3multi' | 'none')[];
    resource: { resourceAttributes: Record<string, string> };
    nodejs: {
      image: string;
      env: Variable[];
      resourceRequirements: { requests: Record<string, string>; limits: Record<string, string> };
      volumeLimitSize: string;
    };
  };
}`;

/**
 * What is wrong with objects by the schemas of their APIs (formats, patterns, required fields) and by their types, which refuse fields that
 * the API does not know: Kubernetes drops those without a word.
 */
export async function kubernetesProblems(
  rendered: readonly KubernetesObject[],
): Promise<readonly string[]> {
  const objects = rendered.map(withEmbeddedKind);
  const bySchema = await Promise.all(objects.map(schemaProblems));
  return [...bySchema.flat(), ...typeProblems(objects)];
}

/**
 * The claim inside of a Prometheus needs neither `apiVersion` nor `kind` by the operator's own definition; kubernetes-models asks for both, by
 * names that no API has.
 */
function withEmbeddedKind(object: KubernetesObject): KubernetesObject {
  const storage = object.spec?.storage as { readonly volumeClaimTemplate?: object } | undefined;
  if (object.kind !== 'Prometheus' || storage?.volumeClaimTemplate === undefined) return object;
  const embedded = { apiVersion: object.apiVersion, kind: 'EmbeddedPersistentVolumeClaim' };
  const volumeClaimTemplate = { ...embedded, ...storage.volumeClaimTemplate };
  return { ...object, spec: { ...object.spec, storage: { ...storage, volumeClaimTemplate } } };
}

function moduleOf({ apiVersion }: KubernetesObject): string {
  return apiVersion.startsWith('monitoring.coreos.com/')
    ? `@kubernetes-models/prometheus-operator/${apiVersion}`
    : `kubernetes-models/${apiVersion}`;
}

const nameOf = ({ kind, metadata }: KubernetesObject) => `${kind} ${metadata.name}`;
const isInstrumentation = ({ kind }: KubernetesObject) => kind === 'Instrumentation';

async function schemaProblems(object: KubernetesObject): Promise<readonly string[]> {
  if (isInstrumentation(object)) return [];
  try {
    const models = (await import(moduleOf(object))) as Record<string, Model>;
    const Kind = models[object.kind];
    if (Kind === undefined) return [`${nameOf(object)}: no such kind in ${object.apiVersion}`];
    new Kind(object).validate();
    return [];
  } catch (error) {
    return [`${nameOf(object)}: ${(error as Error).message}`];
  }
}

function typeProblems(objects: readonly KubernetesObject[]): readonly string[] {
  const texts = new Map(
    objects.map((object, index) => [
      join(root, `kubernetes-object-${index}.ts`),
      `${
        isInstrumentation(object)
          ? INSTRUMENTATION
          : `import type { I${object.kind} } from '${moduleOf(object)}';`
      }\nexport const object: I${object.kind} = ${JSON.stringify(object, null, 1)};\n`,
    ]),
  );
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.readFile = (file) => texts.get(file) ?? readFile(file);
  const program = ts.createProgram([...texts.keys()], options, host);
  return objects.flatMap((object, index) => {
    const source = program.getSourceFile(join(root, `kubernetes-object-${index}.ts`));
    return ts
      .getPreEmitDiagnostics(program, source)
      .map(
        ({ messageText }) =>
          `${nameOf(object)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
      );
  });
}
