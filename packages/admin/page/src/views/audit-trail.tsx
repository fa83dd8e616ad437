import type { AuditAnswer, AuditEntry } from '../api/answers.ts';
import { useAnswer } from '../api/use-answer.ts';
import { showDateTime } from '../numbers/format-time.ts';
import { downloadCsv } from '../panel/download.ts';
import { Empty, Failed, Skeleton } from '../panel/panel-states.tsx';
import { Icon } from '../shell/icon.tsx';

/** Who did what, the newest first. */
export function AuditTrail({ tick }: { readonly tick: number }) {
  const { data, problem } = useAnswer<AuditAnswer>('audit?limit=100', 'audit', tick);
  if (data === undefined || data.entries.length === 0)
    return (
      <div className="card">
        {data !== undefined ? (
          <Empty shape="rows" hint="Nobody has changed anything yet." />
        ) : problem === undefined ? (
          <Skeleton shape="rows" />
        ) : (
          <Failed shape="rows" problem={problem} />
        )}
      </div>
    );
  return (
    <section className="card card-table" aria-labelledby="audit-title">
      <header className="card-head table-head">
        <h2 id="audit-title">Audit trail</h2>
        <button
          type="button"
          className="icon-button push"
          aria-label="Save the audit trail as CSV"
          title="Save as CSV"
          onClick={() => downloadCsv('audit-trail', tableOf(data.entries))}
        >
          <Icon name="download" />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard. */}
      <section className="table-scroll tall" tabIndex={0} aria-label="Audit trail, table">
        <table>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Who</th>
              <th scope="col">Action</th>
              <th scope="col">What</th>
              <th scope="col">Detail</th>
            </tr>
          </thead>
          <tbody>
            {data.entries.map(({ id, at, user, action, target, detail }) => (
              <tr key={id}>
                <td className="nowrap">{showDateTime(Date.parse(at) / 1000)}</td>
                <td>{user}</td>
                <td>{action}</td>
                <td className="wraps">{text(target)}</td>
                <td className="wraps">{text(detail)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

const tableOf = (entries: readonly AuditEntry[]) => ({
  columns: ['at', 'user', 'role', 'action', 'target', 'detail'],
  rows: entries.map(({ at, user, role, action, target, detail }) => [
    at,
    user,
    role,
    action,
    text(target),
    text(detail),
  ]),
});

/** A detail may be a word or an object; its parts are listed, and matchers as they are written. */
function text(detail: unknown): string {
  if (detail === null || detail === undefined) return '';
  if (typeof detail !== 'object') return String(detail);
  return Object.entries(detail)
    .map(
      ([name, value]) =>
        `${name}: ${Array.isArray(value) ? value.map(matcher).join(' ') : plain(value)}`,
    )
    .join(', ');
}

const plain = (value: unknown) =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);

const matcher = (one: unknown): string => {
  const { name, value } = (one ?? {}) as { readonly name?: unknown; readonly value?: unknown };
  return name === undefined || value === undefined ? plain(one) : `${name}=${value}`;
};
