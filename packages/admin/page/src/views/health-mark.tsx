/** A health score of 0 to 100 as number, word and bar. The levels are those of the boards. */
export function HealthMark({ score }: { readonly score: number | null }) {
  if (score === null) return <span className="health">–</span>;
  const level = score >= 90 ? 'ok' : score >= 75 ? 'warning' : 'critical';
  const word = { ok: 'Good', warning: 'Fair', critical: 'Poor' }[level];
  return (
    <span className={`health health-${level}`}>
      <span className="health-bar" aria-hidden="true">
        <span style={{ width: `${Math.max(0, Math.min(100, score))}%` }} />
      </span>
      <span className="health-word">{word}</span>
      <span className="health-score">{Math.round(score)}</span>
    </span>
  );
}
