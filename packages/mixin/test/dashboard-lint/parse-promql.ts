import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

export interface ParsedSelector {
  /** Empty where braces alone select. */
  readonly metric: string;
  /** `job=~"$job"`, without spaces. */
  readonly matchers: readonly string[];
  /** `$__rate_interval` or a duration, where it is a range. */
  readonly range: string | undefined;
  /** The function whose argument it is, if it is one's. */
  readonly call: string | undefined;
}

/** Durations that no dashboard uses, so that they lead back to what they stand for. */
const RANGES: Readonly<Record<string, string>> = {
  $__rate_interval: '1234567s',
  $__range: '1234568s',
  $__interval: '1234569s',
};

export interface ParsedPromql {
  readonly errors: readonly string[];
  readonly selectors: readonly ParsedSelector[];
}

/** Each expression is looked at by six rules. */
const parsed = new Map<string, ParsedPromql>();

/** A PromQL expression as Grafana would send it; only what needs a duration is replaced. */
export function parsePromql(text: string): ParsedPromql {
  const known = parsed.get(text) ?? parse(text);
  parsed.set(text, known);
  return known;
}

function parse(text: string): ParsedPromql {
  const expr = Object.entries(RANGES).reduce(
    (result, [variable, duration]) => result.replaceAll(variable, duration),
    text,
  );
  const errors: string[] = [];
  const selectors: ParsedSelector[] = [];
  if (expr.trim() === '') errors.push('is empty');
  parser.parse(expr).iterate({
    enter: ({ type, from, node }) => {
      if (type.isError)
        errors.push(`does not parse at ${JSON.stringify(expr.slice(from, from + 30))}`);
      if (type.name === 'VectorSelector') selectors.push(read(expr, node));
    },
  });
  return { errors, selectors };
}

function read(expr: string, node: SyntaxNode): ParsedSelector {
  const text = (of: SyntaxNode) => expr.slice(of.from, of.to);
  const name = node.getChild('Identifier');
  const braces = node.getChild('LabelMatchers');
  const matrix = node.parent?.name === 'MatrixSelector' ? node.parent : undefined;
  const range =
    matrix === undefined ? undefined : expr.slice(node.to, matrix.to).replace(/[[\]\s]/g, '');
  return {
    metric: name === null ? '' : text(name),
    matchers: (braces?.getChildren('UnquotedLabelMatcher') ?? []).map((matcher) =>
      text(matcher).replace(/\s*(=~|!~|!=|=)\s*/, '$1'),
    ),
    range: Object.keys(RANGES).find((variable) => RANGES[variable] === range) ?? range,
    call: callAround(expr, matrix ?? node),
  };
}

/** The closest function call above, past offsets and brackets. */
function callAround(expr: string, node: SyntaxNode): string | undefined {
  for (let at = node.parent; at !== null; at = at.parent) {
    if (at.name === 'FunctionCall') {
      const identifier = at.getChild('FunctionIdentifier');
      return identifier === null ? undefined : expr.slice(identifier.from, identifier.to);
    }
    if (!['OffsetExpr', 'ParenExpr', 'FunctionCallBody'].includes(at.name)) return undefined;
  }
  return undefined;
}
