import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import type { AlertsAnswer, Session, View } from './api/answers.ts';
import { useBackendProblem } from './api/backend-health.ts';
import { clockSkewSeconds, NOTABLE_SKEW_SECONDS } from './api/server-clock.ts';
import { useAnswer } from './api/use-answer.ts';
import { showDuration } from './numbers/format-time.ts';
import { type PanelScope, stepFor } from './panel/panel-scope.ts';
import { Failed, Skeleton } from './panel/panel-states.tsx';
import { alertsOf } from './place/alerts-of-place.ts';
import { windowOf } from './place/time-range.ts';
import { go, usePlace } from './place/use-place.ts';
import { Banner } from './shell/banner.tsx';
import { MenuDialog } from './shell/menu-dialog.tsx';
import { Sidebar } from './shell/sidebar.tsx';
import { TopBar } from './shell/top-bar.tsx';
import { useTick } from './shell/use-tick.ts';

const PanelsView = lazy(() => import('./views/panels-view.tsx'));
const LiveView = lazy(() => import('./views/live-view.tsx'));
const TenantsView = lazy(() => import('./views/tenants-view.tsx'));
const AlertsView = lazy(() => import('./views/alerts-view.tsx'));

/** Asks who looks and what they may see, then shows it. */
export function App() {
  const session = useAnswer<Session>('session', 'session', 0);
  const views = useAnswer<{ readonly views: readonly View[] }>('views', 'views', 0);
  const problem = session.problem ?? views.problem;
  if (session.data !== undefined && views.data !== undefined)
    return <Page session={session.data} views={views.data.views} />;
  return (
    <main className="before">
      {problem === undefined ? (
        <Skeleton shape="chart" />
      ) : (
        <>
          <h1 className="visually-hidden">Monitoring</h1>
          <Failed shape="chart" problem={problem} />
          <button type="button" className="button" onClick={() => location.reload()}>
            Try again
          </button>
        </>
      )}
    </main>
  );
}

interface PageProps {
  readonly session: Session;
  readonly views: readonly View[];
}

function Page({ session, views }: PageProps) {
  const shown = usePlace();
  // A tenant's admin asks about nobody else, whatever a link says: the server knows whom.
  const place = useMemo(
    () => (session.role === 'super-admin' ? shown : { ...shown, tenant: undefined }),
    [shown, session.role],
  );
  const refreshSeconds = place.refresh ?? session.refreshSeconds;
  const [tick, refresh] = useTick(refreshSeconds);
  const [isMenuOpen, openMenu] = useState(false);
  const alerts = useAnswer<AlertsAnswer>(
    session.alerts || place.view === 'alerts' ? 'alerts' : undefined,
    'alerts',
    tick.count,
  );
  const scope = useMemo<PanelScope>(() => {
    const window = windowOf(place.range, tick.now);
    const { range, tenant = '', environment = '' } = place;
    return {
      place,
      window,
      step: stepFor(window.to - window.from),
      tick: tick.count,
      subject: `${range} ${environment} ${tenant}`,
    };
  }, [place, tick]);
  const view = views.find(({ id }) => id === place.view);
  useAnnouncedView(view?.title ?? 'Not found', place.tenant);
  const ofPlace = alertsOf(alerts.data?.alerts ?? [], place);
  const firing = ofPlace.filter(({ state }) => state === 'active').length;

  return (
    <div className="page">
      <button type="button" className="skip-link" onClick={focusMain}>
        Skip to content
      </button>
      <Sidebar views={views} place={place} session={session} firing={firing} />
      {isMenuOpen && (
        <MenuDialog
          views={views}
          place={place}
          session={session}
          firing={firing}
          onClose={() => openMenu(false)}
        />
      )}
      <div className="column">
        <TopBar
          place={place}
          session={session}
          window={scope.window}
          refreshSeconds={refreshSeconds}
          hasRange={place.view !== 'live'}
          onRefresh={refresh}
          onMenu={() => openMenu(true)}
        />
        <main id="main" tabIndex={-1}>
          <Warnings onRetry={refresh} />
          <Suspense fallback={<Skeleton shape="chart" />}>
            {view === undefined ? (
              <NotFound />
            ) : view.id === 'live' ? (
              <LiveView view={view} place={place} />
            ) : view.id === 'tenants' && session.role === 'super-admin' ? (
              <TenantsView view={view} scope={scope} views={views} />
            ) : view.id === 'alerts' ? (
              <AlertsView
                view={view}
                scope={scope}
                session={session}
                alerts={alerts}
                onChanged={refresh}
              />
            ) : (
              <PanelsView view={view} scope={scope} />
            )}
          </Suspense>
        </main>
      </div>
    </div>
  );
}

function Warnings({ onRetry }: { readonly onRetry: () => void }) {
  const problem = useBackendProblem();
  const skew = clockSkewSeconds();
  return (
    <>
      {problem !== undefined && (
        <Banner
          tone="critical"
          title={`${problem.title}.`}
          action={{ title: 'Try again', run: onRetry }}
        >
          {problem.message} {problem.hint}
        </Banner>
      )}
      {Math.abs(skew) > NOTABLE_SKEW_SECONDS && (
        <Banner tone="warning" title="Your clock and the server's differ.">
          This device is {showDuration(skew)} {skew > 0 ? 'behind' : 'ahead'}. Times are by the
          server's clock; set yours right to compare them with your own.
        </Banner>
      )}
    </>
  );
}

function NotFound() {
  return (
    <div className="state state-chart">
      <h1 className="state-title">There is no such view</h1>
      <p>The link may be old, or it is not for you to see.</p>
      <button type="button" className="button" onClick={() => go({ view: 'overview', more: {} })}>
        Go to the overview
      </button>
    </div>
  );
}

/** The title of the tab; and who moves by keyboard or ear starts a new view at its beginning. */
function useAnnouncedView(title: string, tenant: string | undefined): void {
  const isFirst = useRef(true);
  useEffect(() => {
    document.title = `${title}${tenant ? ` · ${tenant}` : ''} · Monitoring`;
  }, [title, tenant]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus moves when the view does.
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    document.getElementById('main')?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [title]);
}

function focusMain(): void {
  document.getElementById('main')?.focus();
}
