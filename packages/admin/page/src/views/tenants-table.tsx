import { useDeferredValue, useEffect, useState } from 'react';
import type { TenantRow, TenantsAnswer } from '../api/answers.ts';
import { parameters, requestJson } from '../api/request-json.ts';
import { useAnswer } from '../api/use-answer.ts';
import { showText } from '../numbers/format-value.ts';
import { downloadCsv } from '../panel/download.ts';
import type { PanelScope } from '../panel/panel-scope.ts';
import { Empty, Failed, Skeleton } from '../panel/panel-states.tsx';
import { formatPlace } from '../place/place.ts';
import { adjust } from '../place/use-place.ts';
import { Icon } from '../shell/icon.tsx';
import { HealthMark } from './health-mark.tsx';
import { type TenantColumn, tenantColumns } from './tenant-columns.ts';

const PAGE = 50;
const CSV_PAGE = 500;

/** Fifty tenants at a time of however many there are: searched, ordered and counted by the server. */
export function TenantsTable({ scope }: { readonly scope: PanelScope }) {
  const { place } = scope;
  const [search, setSearch] = useState(place.more.search ?? '');
  const asked = useDeferredValue(search.trim());
  useEffect(() => {
    if (asked !== (place.more.search ?? ''))
      adjust({ more: { ...place.more, search: asked, page: '' } });
  }, [asked, place.more]);
  const sort = place.more.sort ?? 'health';
  const order = place.more.order === 'desc' ? 'desc' : 'asc';
  const page = Math.max(0, Number.parseInt(place.more.page ?? '1', 10) - 1 || 0);
  const filter = { search: place.more.search, sort, order, environment: place.environment };
  const { data, problem, isLoading } = useAnswer<TenantsAnswer>(
    `tenants?${parameters({ ...filter, limit: PAGE, offset: page * PAGE, from: scope.window.from, to: scope.window.to })}`,
    `tenants ${place.environment ?? ''}`,
    scope.tick,
  );
  const columns = tenantColumns(data?.tenants ?? []);
  const change = (more: Record<string, string>) => adjust({ more: { ...place.more, ...more } });

  return (
    <section className="card card-table" aria-labelledby="tenants-title">
      <header className="card-head table-head">
        <h2 id="tenants-title">
          Tenants{' '}
          {data !== undefined && <span className="count">{data.total.toLocaleString()}</span>}
        </h2>
        <label className="search">
          <span className="visually-hidden">Find a tenant by name</span>
          <Icon name="search" />
          <input
            type="search"
            placeholder="Find by name"
            value={search}
            onChange={({ target: { value } }) => setSearch(value)}
          />
        </label>
        <button
          type="button"
          className="icon-button"
          aria-label="Save all tenants as CSV"
          title="Save as CSV"
          disabled={data === undefined}
          onClick={() => void saveAll(filter)}
        >
          <Icon name="download" />
        </button>
      </header>
      {data === undefined ? (
        problem === undefined ? (
          <Skeleton shape="rows" />
        ) : (
          <Failed shape="rows" problem={problem} />
        )
      ) : data.tenants.length === 0 ? (
        <Empty
          shape="rows"
          hint={asked ? 'No tenant has that in its name.' : 'No tenant was seen yet.'}
        />
      ) : (
        <Rows
          rows={data.tenants}
          columns={columns}
          sort={sort}
          order={order}
          scope={scope}
          isOld={isLoading}
          onSort={(column) =>
            change({
              sort: column,
              order: column === sort && order === 'asc' ? 'desc' : 'asc',
              page: '',
            })
          }
        />
      )}
      {data !== undefined && data.total > PAGE && (
        <Pager page={page} total={data.total} onPage={(next) => change({ page: `${next + 1}` })} />
      )}
    </section>
  );
}

interface RowsProps {
  readonly rows: readonly TenantRow[];
  readonly columns: readonly TenantColumn[];
  readonly sort: string;
  readonly order: 'asc' | 'desc';
  readonly scope: PanelScope;
  readonly isOld: boolean;
  readonly onSort: (column: string) => void;
}

function Rows({ rows, columns, sort, order, scope, isOld, onSort }: RowsProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard.
    <section className="table-scroll tall" tabIndex={0} aria-label="Tenants, table">
      <table className={isOld ? 'is-old' : undefined}>
        <thead>
          <tr>
            {[{ key: 'tenant', title: 'Tenant', unit: '' }, ...columns].map(({ key, title }) => (
              <th
                key={key}
                scope="col"
                className={key === 'tenant' ? undefined : 'number'}
                aria-sort={
                  key === sort ? (order === 'asc' ? 'ascending' : 'descending') : undefined
                }
              >
                <button type="button" onClick={() => onSort(key)}>
                  {title}
                  {key === sort && <Icon name={order === 'asc' ? 'up' : 'down'} />}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.tenant}>
              <th scope="row" className="text">
                <a
                  href={formatPlace({
                    ...scope.place,
                    view: 'tenants',
                    tenant: row.tenant,
                    more: {},
                  })}
                >
                  {row.tenant}
                </a>
              </th>
              {columns.map(({ key, unit }) => {
                const value = numberIn(row, key);
                return (
                  <td key={key} className="number">
                    {key === 'health' ? <HealthMark score={value} /> : showText(value, unit)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface PagerProps {
  readonly page: number;
  readonly total: number;
  readonly onPage: (page: number) => void;
}

function Pager({ page, total, onPage }: PagerProps) {
  const last = Math.ceil(total / PAGE) - 1;
  return (
    <nav className="pager" aria-label="Pages of tenants">
      <button
        type="button"
        className="icon-button"
        aria-label="Page before"
        disabled={page === 0}
        onClick={() => onPage(page - 1)}
      >
        <Icon name="left" />
      </button>
      <span role="status">
        {(page * PAGE + 1).toLocaleString()}–{Math.min(total, (page + 1) * PAGE).toLocaleString()}{' '}
        of {total.toLocaleString()}
      </span>
      <button
        type="button"
        className="icon-button"
        aria-label="Next page"
        disabled={page >= last}
        onClick={() => onPage(page + 1)}
      >
        <Icon name="right" />
      </button>
    </nav>
  );
}

function numberIn(row: TenantRow, key: string): number | null {
  const value = row[key];
  return typeof value === 'number' ? value : null;
}

/** All that the search finds, not only what is on the screen. */
async function saveAll(filter: Record<string, string | undefined>): Promise<void> {
  const rows: TenantRow[] = [];
  let total = Number.POSITIVE_INFINITY;
  while (rows.length < total) {
    const answer = await requestJson<TenantsAnswer>(
      `tenants?${parameters({ ...filter, limit: CSV_PAGE, offset: rows.length })}`,
    );
    if (answer.tenants.length === 0) break;
    rows.push(...answer.tenants);
    total = answer.total;
  }
  const columns = tenantColumns(rows);
  downloadCsv('tenants', {
    columns: ['tenant', ...columns.map(({ key }) => key)],
    rows: rows.map((row) => [row.tenant, ...columns.map(({ key }) => numberIn(row, key))]),
  });
}
