import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PromRead } from './metric-reads.ts';
import { histogramPoints, numberPoints, type RawPoint, seriesIn, summaryPoints } from './points.ts';
import { arrivingLabels, exposedName, type FamilyKind, kindOf, otherName } from './prom-name.ts';
import {
  defaultLabelsOf,
  type PromAnswer,
  type PromMetric,
  type PromRegistry,
} from './registry.ts';
import { SeriesHistory } from './series-history.ts';
import type { Family, FamilyValue, Snapshot } from './snapshot.ts';

/** Series that are taken in one turn of the event loop. */
const TURN = 500;

interface CollectionOptions {
  readonly timeMs: number;
  readonly maxSeries: number;
  /** Of the families that were there before, by name; kept up to date. */
  readonly histories: Map<string, SeriesHistory>;
  /** Says a sentence once for its key. */
  readonly say: (key: string, text: string) => void;
}

/** What registries have at one moment, metric by metric: one that can't be had leaves the others alone. */
export class Collection {
  readonly #options: CollectionOptions;
  readonly #families = new Map<string, Family>();
  /** Names of metrics that exist and could not be read: their series are not gone. */
  readonly #unread = new Set<string>();
  #room: number;
  #turn = TURN;

  constructor(options: CollectionOptions) {
    this.#options = options;
    this.#room = options.maxSeries;
  }

  async add(metric: PromMetric, registry: PromRegistry, read: PromRead): Promise<void> {
    const name = String((metric as { readonly name?: unknown }).name);
    try {
      if (read === 'late')
        throw new Error('its collect() takes longer than an export waits for it');
      if ('error' in read) throw read.error;
      await this.#take(read.answer, registry);
    } catch (error) {
      this.#unread.add(baseOf(name));
      const why = error instanceof Error ? error.message : String(error);
      this.#options.say(`unread ${name}`, `${name} was left out of an export: ${why}`);
    }
  }

  /** What was collected, with the series that are gone; of a family that nobody named only when all registries were read. */
  end(isComplete: boolean): Snapshot {
    const { histories, timeMs } = this.#options;
    for (const [name, history] of histories) {
      if (this.#unread.has(baseOf(name))) continue;
      const family = this.#families.get(name);
      if (family === undefined && !isComplete) continue;
      if (family === undefined) {
        history.begin(timeMs);
        histories.delete(name);
      }
      const gone = history.takeGone();
      if (gone.length === 0) continue;
      if (family === undefined)
        this.#families.set(name, { name, help: '', kind: history.kind, points: [], gone });
      else family.gone = gone;
    }
    return { timeMs, families: [...this.#families.values()] };
  }

  async #take(answer: PromAnswer, registry: PromRegistry): Promise<void> {
    const isOpenMetrics = registry.contentType?.includes('openmetrics') ?? false;
    const name = exposedName(answer.type, answer.name, isOpenMetrics);
    const kind = kindOf(answer.type, name);
    const size = seriesIn(answer, kind);
    if (size > this.#room) {
      const { maxSeries } = this.#options;
      throw new Error(
        `Expected at most ${maxSeries} series in all, got ${size} more with it; take labels away or raise maxSeries`,
      );
    }
    this.#room -= size;
    const family = this.#familyOf(name, kind, answer.help);
    if (family.kind !== kind)
      throw new Error(
        `another registry has a ${family.kind} of this name, and here it is a ${kind}`,
      );
    const arriving = otherName(name);
    if (arriving !== undefined)
      this.#options.say(`name ${name}`, `${name} arrives in Prometheus as ${arriving}`);
    await this.#addPoints(family, answer, registry);
  }

  #familyOf(name: string, kind: FamilyKind, help: string): Family {
    const known = this.#families.get(name);
    if (known !== undefined) return known;
    const { histories, timeMs } = this.#options;
    let history = histories.get(name);
    if (history?.kind !== kind) {
      history = new SeriesHistory(kind, performance.timeOrigin);
      histories.set(name, history);
    }
    history.begin(timeMs);
    const family = { name, help: help ?? '', kind, points: [], gone: [] };
    this.#families.set(name, family);
    return family;
  }

  async #addPoints(family: Family, answer: PromAnswer, registry: PromRegistry): Promise<void> {
    const { say, histories } = this.#options;
    const { name, kind, points } = family;
    const history = histories.get(name) as SeriesHistory;
    const defaults = defaultLabelsOf(registry);
    for (const point of rawPoints(kind, answer)) {
      this.#turn -= 1;
      if (this.#turn === 0) {
        this.#turn = TURN;
        await nextTurn();
      }
      if (point === undefined) {
        say(`odd ${name}`, `a series of ${name} was left out: its rows are not those of a ${kind}`);
        continue;
      }
      const { labels, value } = point;
      const series = history.see(arrivingLabels(labels, defaults), totalOf(kind, value));
      if (series === undefined)
        say(`twice ${name}`, `a series of ${name} is there twice; the first one is sent`);
      else points.push({ series, value });
    }
  }
}

function rawPoints(
  kind: FamilyKind,
  answer: PromAnswer,
): Iterable<RawPoint<FamilyValue> | undefined> {
  if (kind === 'histogram') return histogramPoints(answer);
  return kind === 'summary' ? summaryPoints(answer) : numberPoints(answer);
}

/** What only grows until a reset. */
function totalOf(kind: FamilyKind, value: FamilyValue): number {
  if (kind === 'gauge') return Number.NaN;
  return typeof value === 'number' ? value : value.count;
}

/** OpenMetrics takes `_total` from the name of a counter and gives it back. */
const baseOf = (name: string) => name.replace(/_total$/, '');
