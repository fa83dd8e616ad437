import { type Check, fail, type Result, skipped } from './check.ts';
import type { Row } from './diagnosis.ts';
import type { DoctorContext } from './doctor-context.ts';

/**
 * Runs the checks one after another. One whose need has failed or was skipped is skipped; a need that was not chosen counts as met. A check that throws
 * is a row like any other.
 */
export async function runChecks(
  checks: readonly Check[],
  context: DoctorContext,
  {
    clean,
    onStart,
  }: {
    /** Makes a text fit to be shown. */
    readonly clean: (text: string) => string;
    readonly onStart: (check: Check) => void;
  },
): Promise<readonly Row[]> {
  const rows = new Map<string, Row>();
  for (const check of checks) {
    onStart(check);
    const began = performance.now();
    const result = await resultOf(check, context, rows);
    rows.set(check.id, {
      ...{ id: check.id, group: check.group, title: check.title, status: result.status },
      message: clean(result.message),
      ...(result.hint !== undefined && { hint: clean(result.hint) }),
      seconds: Math.round(performance.now() - began) / 1000,
    });
  }
  return [...rows.values()];
}

async function resultOf(
  check: Check,
  context: DoctorContext,
  rows: ReadonlyMap<string, Row>,
): Promise<Result> {
  const unmet = check.needs?.find((id) => {
    const status = rows.get(id)?.status;
    return status === 'fail' || status === 'skipped';
  });
  if (unmet !== undefined) return skipped(`waits for ${unmet}`);
  try {
    return await check.run(context);
  } catch (error) {
    const { message } = error as Error;
    return fail(
      `the check itself failed: ${message}`,
      'That is a mistake of bellwether doctor: please report it with this line.',
    );
  }
}
