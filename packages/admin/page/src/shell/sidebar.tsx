import type { Session, View } from '../api/answers.ts';
import { formatPlace, type Place } from '../place/place.ts';
import { Icon, type IconName } from './icon.tsx';

interface Props {
  readonly views: readonly Pick<View, 'id' | 'title'>[];
  readonly place: Place;
  readonly session: Session;
  readonly firing: number;
  readonly onGo?: () => void;
}

const groups: readonly { readonly title: string; readonly ids: readonly string[] }[] = [
  { title: '', ids: ['overview', 'live', 'alerts', 'slo'] },
  { title: 'Service', ids: ['services', 'requests', 'database', 'pipeline'] },
  { title: 'Customers', ids: ['business', 'tenants'] },
];

const icons: Readonly<Record<string, IconName>> = {
  overview: 'overview',
  live: 'live',
  services: 'services',
  pipeline: 'pipeline',
  requests: 'requests',
  database: 'database',
  business: 'business',
  tenants: 'tenants',
  alerts: 'alerts',
  slo: 'slo',
};

/** The views that this person may see. A link keeps time range, tenant and environment. */
export function Navigation({ views, place, firing, onGo }: Omit<Props, 'session'>) {
  const known = new Set(groups.flatMap(({ ids }) => ids));
  const rest = views.filter(({ id }) => !known.has(id)).map(({ id }) => id);
  return (
    <nav aria-label="Views">
      {[...groups, { title: 'More', ids: rest }].map(({ title, ids }) => {
        const members = ids.flatMap((id) => views.filter((view) => view.id === id));
        if (members.length === 0) return null;
        return (
          <div className="nav-group" key={title}>
            {title !== '' && <p className="nav-title">{title}</p>}
            <ul>
              {members.map(({ id, title: name }) => (
                <li key={id}>
                  <a
                    href={formatPlace({ ...place, view: id, more: {} })}
                    aria-current={place.view === id ? 'page' : undefined}
                    onClick={onGo}
                  >
                    <Icon name={icons[id] ?? 'chart'} />
                    <span>{name}</span>
                    {id === 'alerts' && firing > 0 && (
                      <span className="badge">
                        {firing}
                        <span className="visually-hidden"> firing</span>
                      </span>
                    )}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}

export function Sidebar(props: Props) {
  const { session } = props;
  return (
    <aside className="sidebar" aria-label="Menu">
      <p className="brand">
        <Bell />
        <span>Monitoring</span>
      </p>
      <Navigation {...props} />
      <div className="sidebar-foot">
        {session.grafana !== null && (
          <a className="nav-link" href={grafanaAddress(session.grafana, props.place.view)}>
            <Icon name="external" />
            <span>Open in Grafana</span>
          </a>
        )}
        <p className="who" title={session.user}>
          <span className="who-name">{session.user}</span>
          <span className="who-role">
            {session.role === 'super-admin' ? 'Sees every tenant' : `Sees ${session.tenant ?? ''}`}
          </span>
        </p>
      </div>
    </aside>
  );
}

/** Where a view's board is; a configured address that is not one of the web's is not followed. */
export function grafanaAddress(grafana: NonNullable<Session['grafana']>, view: string): string {
  const address = new URL(grafana.boards[view] ?? '', new URL(grafana.url, location.href));
  return /^https?:$/.test(address.protocol) ? address.href : '#';
}

export function Bell() {
  return (
    <svg className="bell" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" className="bell-ground" />
      <path
        className="bell-shape"
        d="M16 6.500c-3.600 0-6 2.700-6 6.400v4.300l-1.900 3.200c-.4.700.1 1.600.9 1.600h14c.8 0 1.300-.9.900-1.600L22 17.200v-4.300c0-3.700-2.400-6.400-6-6.400ZM13.400 23.600a2.700 2.700 0 0 0 5.200 0Z"
      />
    </svg>
  );
}
