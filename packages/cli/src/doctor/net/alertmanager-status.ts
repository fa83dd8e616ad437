import type { DoctorContext } from '../doctor-context.ts';
import { httpProblem } from './http-problem.ts';
import { shownUrl } from './shown-url.ts';

export type AlertmanagerStatus =
  | { readonly version: string; readonly config: string; readonly problem?: undefined }
  | { readonly problem: string };

/** Its configuration comes with `<secret>` in the place of every secret. */
export async function alertmanagerStatus(
  { request }: DoctorContext,
  address: string,
): Promise<AlertmanagerStatus> {
  const answer = await request({
    url: `${address.replace(/\/+$/, '')}/api/v2/status`,
    maxBytes: 4_194_304,
  });
  const problem = httpProblem(shownUrl(address), answer);
  if (answer.problem !== undefined || answer.status !== 200) return { problem };
  try {
    const { versionInfo, config } = JSON.parse(answer.body) as {
      versionInfo?: { version?: string };
      config?: { original?: string };
    };
    if (typeof config?.original === 'string') {
      return { version: versionInfo?.version ?? 'unknown', config: config.original };
    }
  } catch {
    // Not its API: said below.
  }
  return { problem };
}
