import { useEffect, useRef, useState } from 'react';
import { showShort } from '../numbers/format-time.ts';
import type { Place } from '../place/place.ts';
import { absoluteRange, presets, type TimeWindow } from '../place/time-range.ts';
import { go } from '../place/use-place.ts';
import { Icon } from './icon.tsx';

interface Props {
  readonly place: Place;
  readonly window: TimeWindow;
}

const CUSTOM = 'custom';

/** Which time is shown: a preset that moves on, or two moments that stand still. */
export function RangePicker({ place, window: shown }: Props) {
  const [isAsking, ask] = useState(false);
  const isPreset = presets.some(({ id }) => id === place.range);
  return (
    <>
      <label className="field">
        <span className="visually-hidden">Time range</span>
        <select
          value={isPreset ? place.range : 'absolute'}
          onChange={({ target: { value } }) =>
            value === CUSTOM ? ask(true) : go({ range: value })
          }
        >
          {!isPreset && (
            <option value="absolute">
              {showShort(shown.from)} – {showShort(shown.to)}
            </option>
          )}
          {presets.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
          <option value={CUSTOM}>From … to …</option>
        </select>
      </label>
      {isAsking && <RangeDialog window={shown} onClose={() => ask(false)} />}
    </>
  );
}

function RangeDialog({ window: shown, onClose }: { window: TimeWindow; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [from, setFrom] = useState(localText(shown.from));
  const [to, setTo] = useState(localText(shown.to));
  useEffect(() => dialog.current?.showModal(), []);
  const isGood = Date.parse(from) < Date.parse(to);
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby="range-title">
      <form
        method="dialog"
        onSubmit={() => {
          if (isGood) go({ range: absoluteRange(Date.parse(from) / 1000, Date.parse(to) / 1000) });
        }}
      >
        <h2 id="range-title">Time range</h2>
        <label>
          From
          <input
            type="datetime-local"
            value={from}
            onChange={({ target }) => setFrom(target.value)}
          />
        </label>
        <label>
          To
          <input type="datetime-local" value={to} onChange={({ target }) => setTo(target.value)} />
        </label>
        {!isGood && (
          <p className="form-problem" role="alert">
            <Icon name="warning" /> The end has to be after the beginning.
          </p>
        )}
        <div className="dialog-foot">
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" className="button button-primary" disabled={!isGood}>
            Show
          </button>
        </div>
      </form>
    </dialog>
  );
}

/** As `datetime-local` wants it: the reader's zone, no zone said. */
function localText(seconds: number): string {
  const date = new Date(seconds * 1000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
