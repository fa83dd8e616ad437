import type { View } from '../api/answers.ts';
import { HeadingLevel } from '../panel/heading-level.ts';
import { PanelGrid } from '../panel/panel-grid.tsx';
import type { PanelScope } from '../panel/panel-scope.ts';
import { formatPlace } from '../place/place.ts';
import { go } from '../place/use-place.ts';
import { Icon } from '../shell/icon.tsx';
import { TenantsTable } from './tenants-table.tsx';
import { ViewHead } from './view-head.tsx';

interface Props {
  readonly view: View;
  readonly views: readonly View[];
  readonly scope: PanelScope;
}

/** All tenants, the worst served first; or everything about the one that was chosen. */
export default function TenantsView({ view, views, scope }: Props) {
  const { tenant } = scope.place;
  if (tenant !== undefined) return <OneTenant tenant={tenant} views={views} scope={scope} />;
  return (
    <>
      <ViewHead title={view.title} description={view.description} scope={scope} />
      <TenantsTable scope={scope} />
      <PanelGrid panels={view.panels} scope={scope} />
    </>
  );
}

const parts = ['overview', 'requests', 'business'] as const;

function OneTenant({ tenant, views, scope }: Omit<Props, 'view'> & { readonly tenant: string }) {
  const { place } = scope;
  return (
    <>
      <ViewHead title={tenant} description="How this tenant is served." scope={scope}>
        <div className="view-actions">
          <button
            type="button"
            className="button"
            onClick={() => go({ tenant: undefined, more: {} })}
          >
            <Icon name="left" /> All tenants
          </button>
        </div>
      </ViewHead>
      {parts.map((id) => {
        const part = views.find((view) => view.id === id);
        if (part === undefined || part.panels.length === 0) return null;
        const panels = part.panels.slice(0, id === 'overview' ? 12 : 6);
        return (
          <section key={id} aria-label={part.title} className="part">
            <h2 className="part-title">
              <a href={formatPlace({ ...place, view: id, more: {} })}>
                {part.title} <Icon name="right" />
              </a>
            </h2>
            <HeadingLevel value={3}>
              <PanelGrid panels={panels.map(({ group: _, ...panel }) => panel)} scope={scope} />
            </HeadingLevel>
          </section>
        );
      })}
    </>
  );
}
