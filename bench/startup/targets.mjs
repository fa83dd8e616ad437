import { rivals } from './variants.mjs';

const titles = { empty: 'an empty app', express: 'an app that imports Express' };

/** What a preload may add, as a share of what stock OpenTelemetry adds, and of what the best peer does. */
export function targets({ rows }) {
  return Object.entries(titles).flatMap(([app, title]) => {
    const added = (name, cost) =>
      rows.find(({ app: of, variant }) => of === app && variant === name)?.added?.[cost];
    const ours = (cost) => added('bellwether', cost);
    const share = (cost) => ours(cost) / added('stock', cost);
    const best = Math.min(
      ...rivals.map((name) => added(name, 'wallMs') ?? Number.POSITIVE_INFINITY),
    );
    return [
      atMost(`time added to the start of ${title}`, 0.1, share('wallMs'), '× stock'),
      atMost(`time added to the start of ${title}`, 1, ours('wallMs') / best, '× best peer'),
      atMost(`memory added at the start of ${title}`, 0.3, share('rssMiB'), '× stock'),
    ];
  });
}

const atMost = (what, target, value, unit) => ({ what, target, atMost: true, value, unit });
