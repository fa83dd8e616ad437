import { useState } from 'react';
import type { InstantAnswer, Panel } from '../api/answers.ts';
import { useAnswer } from '../api/use-answer.ts';
import { labelTitle } from '../numbers/label-text.ts';
import { Amounts } from './amounts.tsx';
import { answerNotes } from './answer-notes.ts';
import { BarRows } from './bar-rows.tsx';
import type { Table } from './csv.ts';
import { DataTable } from './data-table.tsx';
import { downloadCsv } from './download.ts';
import { PanelCard } from './panel-card.tsx';
import { instantPath, type PanelScope } from './panel-scope.ts';
import { Empty, Failed, Skeleton } from './panel-states.tsx';

/** One number for each of some things: as bars, or as a table. */
export function RowsPanel({ panel, scope }: { readonly panel: Panel; readonly scope: PanelScope }) {
  const { data, problem } = useAnswer<InstantAnswer>(
    instantPath(panel.query, scope),
    scope.subject,
    scope.tick,
  );
  const labelNames = new Set(data?.rows.flatMap(({ labels }) => Object.keys(labels)));
  const [isTable, showTable] = useState(panel.kind === 'table' && labelNames.size > 2);
  const rows = data?.rows.filter(({ value }) => value !== null) ?? [];
  const hasBars = panel.kind !== 'table' || labelNames.size <= 2;
  return (
    <PanelCard
      panel={panel}
      kind="rows"
      problem={data === undefined ? undefined : problem}
      note={answerNotes(data, scope)}
      actions={
        rows.length === 0
          ? []
          : [
              ...(hasBars
                ? [
                    {
                      title: isTable ? 'Show as bars' : 'Show as table',
                      icon: isTable ? 'chart' : 'table',
                      run: () => showTable(!isTable),
                    } as const,
                  ]
                : []),
              {
                title: 'Save as CSV',
                icon: 'download',
                run: () => downloadCsv(panel.id, tableOf(panel, rows)),
              },
            ]
      }
    >
      <div className="card-body">
        {data === undefined ? (
          problem === undefined ? (
            <Skeleton shape="rows" />
          ) : (
            <Failed shape="rows" problem={problem} />
          )
        ) : rows.length === 0 ? (
          <Empty shape="rows" />
        ) : isTable || !hasBars ? (
          <DataTable
            caption={panel.title}
            table={tableOf(panel, rows)}
            unit={panel.unit}
            currencyOf={(row) => rows[row]?.labels.currency}
          />
        ) : isAmounts(panel, rows) ? (
          <Amounts panel={panel} rows={rows} />
        ) : (
          <BarRows panel={panel} rows={rows} />
        )}
      </div>
    </PanelCard>
  );
}

/** Amounts of different currencies have no common length, and a single number no other to be compared with. */
const isAmounts = ({ unit }: Panel, rows: InstantAnswer['rows']) =>
  unit.includes('currency') || rows.length === 1;

function tableOf({ title, legend }: Panel, rows: InstantAnswer['rows']): Table {
  const all = [...new Set(rows.flatMap(({ labels }) => Object.keys(labels)))];
  // A legend names what tells rows apart; without one that does, everything does.
  const told = all.filter((name) => legend?.includes(`{{${name}}}`));
  const names = told.length > 0 ? told : all;
  return {
    columns: [...names.map(labelTitle), title],
    rows: rows.map(({ labels, value }) => [...names.map((name) => labels[name] ?? ''), value]),
  };
}
