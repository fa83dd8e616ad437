import { useState } from 'react';
import type { Alert, AlertsAnswer, Session, View } from '../api/answers.ts';
import type { Answer } from '../api/use-answer.ts';
import { PanelGrid } from '../panel/panel-grid.tsx';
import type { PanelScope } from '../panel/panel-scope.ts';
import { Failed, Skeleton } from '../panel/panel-states.tsx';
import { alertsOf } from '../place/alerts-of-place.ts';
import { adjust } from '../place/use-place.ts';
import { AlertRow } from './alert-row.tsx';
import { AuditTrail } from './audit-trail.tsx';
import { SilenceDialog } from './silence-dialog.tsx';
import { SilencesTable } from './silences-table.tsx';
import { ViewHead } from './view-head.tsx';

interface Props {
  readonly view: View;
  readonly scope: PanelScope;
  readonly session: Session;
  readonly alerts: Answer<AlertsAnswer>;
  readonly onChanged: () => void;
}

const weights: Readonly<Record<string, number>> = { critical: 0, warning: 1, info: 2 };

/** What fires, what is silenced, and who did what. */
export default function AlertsView({ view, scope, session, alerts, onChanged }: Props) {
  const [silencing, silence] = useState<Alert>();
  const isSuper = session.role === 'super-admin';
  const tabs = [
    { id: 'firing', title: 'Firing' },
    { id: 'silences', title: 'Silences' },
    ...(isSuper ? [{ id: 'audit', title: 'Audit trail' }] : []),
  ];
  const tab = tabs.find(({ id }) => id === scope.place.more.tab)?.id ?? 'firing';
  const { data, problem } = alerts;
  const { tenant, environment } = scope.place;
  const shown = alertsOf(data?.alerts ?? [], scope.place).toSorted(
    (a, b) =>
      Number(a.state !== 'active') - Number(b.state !== 'active') ||
      (weights[a.severity] ?? 3) - (weights[b.severity] ?? 3) ||
      b.startsAt.localeCompare(a.startsAt),
  );
  return (
    <>
      <ViewHead title={view.title} description={view.description}>
        <nav className="tabs" aria-label="Parts of this view">
          {tabs.map(({ id, title }) => (
            <button
              key={id}
              type="button"
              aria-current={tab === id ? 'true' : undefined}
              onClick={() => adjust({ more: { ...scope.place.more, tab: id } })}
            >
              {title}
              {id === 'firing' && data !== undefined && (
                <span className="count">{shown.length}</span>
              )}
              {id === 'silences' && data !== undefined && (
                <span className="count">{data.silences.length}</span>
              )}
            </button>
          ))}
        </nav>
      </ViewHead>
      {tab === 'audit' ? (
        <AuditTrail tick={scope.tick} />
      ) : data === undefined ? (
        <div className="card">
          {problem === undefined ? (
            <Skeleton shape="rows" />
          ) : (
            <Failed shape="rows" problem={problem} />
          )}
        </div>
      ) : tab === 'silences' ? (
        <SilencesTable silences={data.silences} session={session} onChanged={onChanged} />
      ) : (
        <>
          {shown.length === 0 ? (
            <div className="card state state-chart">
              <p className="state-title state-good">Nothing fires</p>
              <p>
                No alert is active{tenant === undefined ? '' : ' for this tenant'}
                {environment === undefined ? '' : ` in ${environment}`}.
              </p>
            </div>
          ) : (
            <ul className="alerts">
              {shown.map((alert) => (
                <AlertRow
                  key={alert.fingerprint}
                  alert={alert}
                  {...(isSuper ? { onSilence: () => silence(alert) } : {})}
                />
              ))}
            </ul>
          )}
          <PanelGrid panels={view.panels} scope={scope} />
        </>
      )}
      {silencing !== undefined && (
        <SilenceDialog
          alert={silencing}
          session={session}
          onClose={() => silence(undefined)}
          onDone={onChanged}
        />
      )}
    </>
  );
}
