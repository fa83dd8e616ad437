import { AdminError } from '../admin-error.ts';
import { backendError, boundedFetch } from '../ask/bounded-fetch.ts';
import { quote } from '../ask/fill-template.ts';
import { turns } from '../ask/turns.ts';
import type { Settings } from '../monitoring-options.ts';

export type Labels = Readonly<Record<string, string>>;

/** An alert as `GET /api/v2/alerts` tells it, as far as we look. */
export interface HeldAlert {
  readonly fingerprint: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly startsAt: string;
  readonly status: { readonly state: string; readonly silencedBy: readonly string[] };
}

export interface Matcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  readonly isEqual: boolean;
}

export interface HeldSilence {
  readonly id: string;
  readonly matchers: readonly Matcher[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly createdBy: string;
  readonly comment: string;
  readonly status: { readonly state: string };
}

export interface NewSilence extends Omit<HeldSilence, 'id' | 'status'> {}

/** All throw ERR_ADMIN_ALERTMANAGER_*, ERR_ADMIN_NO_ALERTMANAGER. */
export interface AlertmanagerClient {
  /** Those with this tenant only, if one is given. */
  alerts(tenant: string | undefined): Promise<readonly HeldAlert[]>;
  silences(): Promise<readonly HeldSilence[]>;
  silence(silence: NewSilence): Promise<string>;
  /** ERR_ADMIN_NOT_FOUND for one that there is not. */
  expire(id: string): Promise<void>;
}

/** Alertmanager answers from memory: few at a time are enough. */
const AT_A_TIME = 4;

export function alertmanagerClient({ alertmanager, limits }: Settings): AlertmanagerClient {
  const inTurn = turns(AT_A_TIME, limits.maxQueued);

  const ask = async (path: string, method: 'GET' | 'POST' | 'DELETE' = 'GET', body?: unknown) => {
    if (alertmanager === undefined)
      throw new AdminError(
        'ERR_ADMIN_NO_ALERTMANAGER',
        'No Alertmanager is configured.',
        'Give monitoring() an `alertmanager` to see alerts.',
      );
    const signal = AbortSignal.timeout(limits.timeoutMs);
    const work = () =>
      boundedFetch({
        backend: 'ALERTMANAGER',
        url: `${alertmanager}/api/v2/${path}`,
        method,
        ...(body !== undefined && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
        maxBytes: limits.maxAnswerBytes,
        signal,
      });
    const { status, json } = await inTurn.run(work, signal);
    if (status === 404 && method === 'DELETE') throw noSilence();
    if (status >= 500) throw backendError('ALERTMANAGER', 'FAILED');
    if (status >= 400) throw backendError('ALERTMANAGER', 'REFUSED');
    if (status !== 200) throw backendError('ALERTMANAGER', 'RUBBISH');
    return json;
  };

  return {
    async alerts(tenant) {
      const filter =
        tenant === undefined ? '' : `?filter=${encodeURIComponent(`tenant_id=${quote(tenant)}`)}`;
      const alerts = listOf(await ask(`alerts${filter}`), isAlert);
      // Alertmanager has filtered; what another server made of it is not trusted.
      return tenant === undefined
        ? alerts
        : alerts.filter(({ labels }) => labels.tenant_id === tenant);
    },
    silences: async () => listOf(await ask('silences'), isSilence),
    async silence(silence) {
      const { silenceID } = ((await ask('silences', 'POST', silence)) ?? {}) as {
        silenceID?: unknown;
      };
      if (typeof silenceID !== 'string') throw backendError('ALERTMANAGER', 'RUBBISH');
      return silenceID;
    },
    async expire(id) {
      await ask(`silence/${encodeURIComponent(id)}`, 'DELETE');
    },
  };
}

function listOf<T>(json: unknown, is: (one: unknown) => one is T): readonly T[] {
  if (!Array.isArray(json) || !json.every(is)) throw backendError('ALERTMANAGER', 'RUBBISH');
  return json;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isAlert = (one: unknown): one is HeldAlert =>
  isRecord(one) &&
  typeof one.fingerprint === 'string' &&
  typeof one.startsAt === 'string' &&
  isRecord(one.labels) &&
  isRecord(one.annotations) &&
  isRecord(one.status) &&
  Array.isArray(one.status.silencedBy);

const isSilence = (one: unknown): one is HeldSilence =>
  isRecord(one) &&
  typeof one.id === 'string' &&
  Array.isArray(one.matchers) &&
  isRecord(one.status);

const noSilence = () =>
  new AdminError(
    'ERR_ADMIN_NOT_FOUND',
    'There is no such silence.',
    'It may have been ended meanwhile.',
  );
