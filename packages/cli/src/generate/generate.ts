import { resolve } from 'node:path';
import { type GeneratedFile, generateMonitoring, type MonitoringSpec } from '@bellwether/mixin';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { countOutput, type OutputCounts } from './count-output.ts';
import { type OutputPlan, planOutput } from './plan-output.ts';
import { readSpec, type SpecSource } from './read-spec.ts';
import { writeOutput } from './write-output.ts';

export interface Generation extends OutputPlan {
  readonly folder: string;
  readonly counts: OutputCounts;
}

/** Generates into `out`, or with `check` only says what that would change. */
export async function generate(
  context: Context,
  { source, out, check }: { source: SpecSource; out: string; check: boolean },
): Promise<Generation> {
  const folder = resolve(context.cwd, out);
  const generated = generatedFiles(await readSpec(context, source));
  const plan = planOutput(folder, generated);
  if (!check) writeOutput(folder, plan, context.pid);
  return { folder, ...plan, counts: countOutput(generated) };
}

/** What a spec gives. Throws ERR_SPEC for its mistakes. */
export function generatedFiles(spec: MonitoringSpec): readonly GeneratedFile[] {
  try {
    return generateMonitoring(spec);
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string };
    if (typeof code !== 'string' || !/^ERR_(SPEC|METER)/.test(code)) throw error;
    throw new CliError('ERR_SPEC', message, { cause: error });
  }
}
