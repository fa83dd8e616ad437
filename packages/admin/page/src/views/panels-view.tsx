import type { View } from '../api/answers.ts';
import { PanelGrid } from '../panel/panel-grid.tsx';
import type { PanelScope } from '../panel/panel-scope.ts';
import { ViewHead } from './view-head.tsx';

interface Props {
  readonly view: View;
  readonly scope: PanelScope;
}

/** A view that is all panels: what is on it comes from the server, as that knows the catalog. */
export default function PanelsView({ view, scope }: Props) {
  return (
    <>
      <ViewHead title={view.title} description={view.description} scope={scope} />
      <PanelGrid panels={view.panels} scope={scope} />
    </>
  );
}
