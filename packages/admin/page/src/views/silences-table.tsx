import { useState } from 'react';
import type { Session, Silence } from '../api/answers.ts';
import { ApiProblem, type Problem, unreachable } from '../api/problem.ts';
import { requestJson } from '../api/request-json.ts';
import { showShort } from '../numbers/format-time.ts';
import { matcherText } from '../numbers/matcher-text.ts';
import { Empty } from '../panel/panel-states.tsx';
import { Banner } from '../shell/banner.tsx';

interface Props {
  readonly silences: readonly Silence[];
  readonly session: Session;
  readonly onChanged: () => void;
}

export function SilencesTable({ silences, session, onChanged }: Props) {
  const [problem, setProblem] = useState<Problem>();
  const [ending, setEnding] = useState<string>();
  const end = async (id: string) => {
    setEnding(id);
    setProblem(undefined);
    try {
      await requestJson(`silences/${encodeURIComponent(id)}`, {
        method: 'DELETE',
        headers: { [session.csrfHeader]: '1' },
      });
      onChanged();
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.problem : unreachable());
    } finally {
      setEnding(undefined);
    }
  };
  if (silences.length === 0)
    return (
      <div className="card">
        <Empty shape="rows" hint="Nothing is silenced." />
      </div>
    );
  return (
    <>
      {problem !== undefined && (
        <Banner tone="critical" title={`${problem.title}.`}>
          {problem.message} {problem.hint}
        </Banner>
      )}
      <div className="card card-table">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard. */}
        <section className="table-scroll tall" tabIndex={0} aria-label="Silences, table">
          <table>
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col">Why</th>
                <th scope="col">Who</th>
                <th scope="col">Until</th>
                <th scope="col">State</th>
                {session.role === 'super-admin' && (
                  <th scope="col">
                    <span className="visually-hidden">End</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {silences.map(({ id, matchers, comment, createdBy, endsAt, state }) => (
                <tr key={id}>
                  <td className="wraps">
                    {matchers.map(matcherText).map((text) => (
                      <span className="matcher" key={text}>
                        {text}
                      </span>
                    ))}
                  </td>
                  <td className="wraps">{comment}</td>
                  <td>{createdBy}</td>
                  <td className="nowrap">{showShort(Date.parse(endsAt) / 1000)}</td>
                  <td>{state}</td>
                  {session.role === 'super-admin' && (
                    <td className="number">
                      {state !== 'expired' && (
                        <button
                          type="button"
                          className="button"
                          disabled={ending === id}
                          onClick={() => void end(id)}
                        >
                          End now
                        </button>
                      )}
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </div>
    </>
  );
}
