import { useEffect, useRef } from 'react';
import type { Session, View } from '../api/answers.ts';
import type { Place } from '../place/place.ts';
import { Icon } from './icon.tsx';
import { Bell, Navigation } from './sidebar.tsx';

interface Props {
  readonly views: readonly Pick<View, 'id' | 'title'>[];
  readonly place: Place;
  readonly session: Session;
  readonly firing: number;
  readonly onClose: () => void;
}

/** The sidebar of a narrow screen. */
export function MenuDialog({ views, place, session, firing, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="menu-dialog" aria-label="Menu" onClose={onClose}>
      <div className="menu-head">
        <p className="brand">
          <Bell />
          <span>Monitoring</span>
        </p>
        <button
          type="button"
          className="icon-button"
          aria-label="Close the menu"
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" />
        </button>
      </div>
      <Navigation
        views={views}
        place={place}
        firing={firing}
        onGo={() => dialog.current?.close()}
      />
      <p className="who">
        <span className="who-name">{session.user}</span>
      </p>
    </dialog>
  );
}
