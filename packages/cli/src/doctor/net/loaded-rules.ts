import type { DoctorContext } from '../doctor-context.ts';
import { askPrometheus, type PrometheusAnswer } from './ask-prometheus.ts';
import { fields, isText, listOf, optional } from './shape.ts';

export interface LoadedGroup {
  readonly name: string;
  readonly interval?: number | undefined;
  readonly evaluationTime?: number | undefined;
  readonly rules: readonly LoadedRule[];
}

export interface LoadedRule {
  readonly name: string;
  /** `recording` or `alerting`. */
  readonly type: string;
  readonly health?: string | undefined;
  readonly lastError?: string | undefined;
}

interface Groups {
  readonly groups: readonly LoadedGroup[];
}

const isNumber = (value: unknown) => typeof value === 'number';
const isRule = fields<LoadedRule>({
  ...{ name: isText, type: isText },
  ...{ health: optional(isText), lastError: optional(isText) },
});
const isGroup = fields<LoadedGroup>({
  ...{ name: isText, rules: listOf(isRule) },
  ...{ interval: optional(isNumber), evaluationTime: optional(isNumber) },
});

export async function loadedRules(
  context: DoctorContext,
): Promise<PrometheusAnswer<readonly LoadedGroup[]>> {
  const answer = await askPrometheus(
    context,
    '/api/v1/rules',
    fields<Groups>({ groups: listOf(isGroup) }),
  );
  return answer.problem === undefined ? { data: answer.data.groups } : answer;
}
