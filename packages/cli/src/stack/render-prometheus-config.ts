import { type Document, isMap, isScalar, isSeq, parseDocument, type YAMLMap } from 'yaml';
import { globLiteral } from './glob-literal.ts';
import type { PrometheusTiming } from './stack-settings.ts';

export interface PrometheusTargets {
  /** `host:port` as in the committed file -> `host:port` here. A scrape job none of whose targets is here is left out. */
  readonly addresses: ReadonlyMap<string, string>;
  /** Folder of the rule files, absolute. */
  readonly rulesFolder: string;
  /** Texts of files with more scrape jobs, as `scrape_config_files` would name them. */
  readonly more?: readonly string[];
  /** In place of what the file says. */
  readonly timing?: PrometheusTiming;
}

/** The committed prometheus.yaml with this machine's addresses and rule files; all else, comments too, stays. */
export function renderPrometheusConfig(committed: string, targets: PrometheusTargets): string {
  const document = parsed(committed);
  const scrapes = document.get('scrape_configs');
  if (isSeq(scrapes)) {
    for (const text of targets.more ?? []) {
      const jobs = parsed(text).get('scrape_configs');
      if (isSeq(jobs)) scrapes.items.push(...jobs.items);
    }
    scrapes.items = scrapes.items.filter((job) => replaceTargets(job, targets));
  }
  const alertmanagers = document.getIn(['alerting', 'alertmanagers']);
  if (isSeq(alertmanagers)) {
    alertmanagers.items = alertmanagers.items.filter((entry) => replaceTargets(entry, targets));
  }
  replaceRuleFiles(document, targets.rulesFolder);
  // They are for containers.
  document.delete('scrape_config_files');
  const { scrapeInterval, evaluationInterval, ruleQueryOffset } = targets.timing ?? {};
  const global = {
    scrape_interval: scrapeInterval,
    evaluation_interval: evaluationInterval,
    rule_query_offset: ruleQueryOffset,
  };
  for (const [key, value] of Object.entries(global)) {
    if (value !== undefined) document.setIn(['global', key], value);
  }
  return document.toString({ lineWidth: 0 });
}

function parsed(text: string): Document {
  const document = parseDocument(text);
  const [problem] = document.errors;
  if (problem !== undefined) throw problem;
  return document;
}

/** Returns whether any target is left. */
function replaceTargets(job: unknown, { addresses }: PrometheusTargets): boolean {
  if (!isMap(job)) return false;
  let left = 0;
  const groups = (job as YAMLMap).get('static_configs');
  for (const group of isSeq(groups) ? groups.items : []) {
    const targets = isMap(group) ? group.get('targets') : undefined;
    if (!isSeq(targets)) continue;
    targets.items = targets.items.filter((target) => {
      if (!isScalar(target)) return false;
      const here = addresses.get(String(target.value));
      if (here !== undefined) target.value = here;
      return here !== undefined;
    });
    left += targets.items.length;
  }
  return left > 0;
}

function replaceRuleFiles(document: Document, rulesFolder: string): void {
  const files = document.get('rule_files');
  for (const file of isSeq(files) ? files.items : []) {
    if (isScalar(file))
      file.value = String(file.value).replace(/^rules(?=\/)/, () => globLiteral(rulesFolder));
  }
}
