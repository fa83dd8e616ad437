import { useEffect, useRef, useState } from 'react';
import type { Alert, Session } from '../api/answers.ts';
import { ApiProblem, type Problem, unreachable } from '../api/problem.ts';
import { requestJson } from '../api/request-json.ts';
import { Icon } from '../shell/icon.tsx';
import { firstChoice, silenceDurations } from './silence-durations.ts';

interface Props {
  readonly alert: Alert;
  readonly session: Session;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Asks for how long and why; who did it is written down by the server. */
export function SilenceDialog({ alert, session, onClose, onDone }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [minutes, setMinutes] = useState(firstChoice(session.maxSilenceMinutes));
  const [comment, setComment] = useState('');
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => dialog.current?.showModal(), []);
  const send = async () => {
    setSending(true);
    setProblem(undefined);
    try {
      await requestJson('silences', {
        method: 'POST',
        headers: { [session.csrfHeader]: '1' },
        body: { alert: alert.fingerprint, minutes, comment: comment.trim().replace(/\s+/g, ' ') },
      });
      onDone();
      dialog.current?.close();
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.problem : unreachable());
      setSending(false);
    }
  };
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby="silence-title">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <h2 id="silence-title">Silence {alert.name}</h2>
        <p className="dialog-text">
          Nobody is told of it while it is silenced. It stays on this page, and it is written down
          that you silenced it.
        </p>
        <label>
          For how long
          <select
            value={minutes}
            onChange={({ target: { value } }) => setMinutes(Number.parseInt(value, 10))}
          >
            {silenceDurations(session.maxSilenceMinutes).map(({ minutes: value, title }) => (
              <option key={value} value={value}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <label>
          Why
          <textarea
            required
            rows={3}
            maxLength={500}
            placeholder="What you know, and who works on it"
            value={comment}
            onChange={({ target: { value } }) => setComment(value)}
          />
        </label>
        {problem !== undefined && (
          <p className="form-problem" role="alert">
            <Icon name="warning" /> {problem.message} {problem.hint}
          </p>
        )}
        <div className="dialog-foot">
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button
            type="submit"
            className="button button-primary"
            disabled={comment.trim() === '' || isSending}
          >
            {isSending ? 'Silencing …' : 'Silence'}
          </button>
        </div>
      </form>
    </dialog>
  );
}
