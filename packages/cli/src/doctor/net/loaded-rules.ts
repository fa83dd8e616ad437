import type { DoctorContext } from '../doctor-context.ts';
import { askPrometheus, type PrometheusAnswer } from './ask-prometheus.ts';

export interface LoadedGroup {
  readonly name: string;
  readonly interval?: number;
  readonly evaluationTime?: number;
  readonly rules: readonly {
    readonly name: string;
    readonly type: 'recording' | 'alerting';
    readonly health?: string;
    readonly lastError?: string;
  }[];
}

export async function loadedRules(
  context: DoctorContext,
): Promise<PrometheusAnswer<readonly LoadedGroup[]>> {
  const answer = await askPrometheus<{ groups?: unknown }>(context, '/api/v1/rules');
  if (answer.problem !== undefined) return answer;
  const { groups } = answer.data;
  return Array.isArray(groups)
    ? { data: groups as LoadedGroup[] }
    : { problem: 'it tells of no rule groups' };
}
