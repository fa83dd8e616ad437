import type { DoctorContext } from '../doctor-context.ts';
import { httpProblem } from './http-problem.ts';
import { fields, isText } from './shape.ts';
import { shownUrl } from './shown-url.ts';

interface Status {
  readonly versionInfo: { readonly version: string };
  readonly config: { readonly original: string };
}
const isStatus = fields<Status>({
  versionInfo: fields<Status['versionInfo']>({ version: isText }),
  config: fields<Status['config']>({ original: isText }),
});

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
    const status: unknown = JSON.parse(answer.body);
    if (isStatus(status)) {
      return { version: status.versionInfo.version, config: status.config.original };
    }
  } catch {
    // Not its API: said below.
  }
  return { problem };
}
