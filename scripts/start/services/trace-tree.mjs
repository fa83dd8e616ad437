/**
 * The spans of one trace as trees: each span below its parent, in the order in which they began. A span whose parent is not there is
 * the root of one.
 */
export function traceTrees(spans) {
  const nodes = new Map(spans.map((span) => [span.spanId, toNode(span)]));
  const roots = [];
  const inOrder = spans.toSorted((a, b) => (a.startTime < b.startTime ? -1 : 1));
  for (const { spanId, parentSpanId } of inOrder) {
    const siblings = nodes.get(parentSpanId)?.children ?? roots;
    siblings.push(nodes.get(spanId));
  }
  return roots;
}

function toNode({ name, kind, attributes, resource, startTime, endTime }) {
  return {
    service: resource['service.name'],
    name,
    kind,
    tenant: attributes['tenant.id'] ?? null,
    milliseconds: Number(endTime - startTime) / 1e6,
    children: [],
  };
}

/** A line for each span: where it is, what it is, of whom. What happens inside of a database client is left out. */
export function renderTrees(trees) {
  const rows = [];
  const walk = (node, depth) => {
    if (/^prisma:/.test(node.name)) {
      for (const child of node.children) walk(child, depth);
      return;
    }
    rows.push([
      `${'  '.repeat(depth)}${node.service}: ${node.name}`,
      node.kind,
      node.tenant ?? '-',
      `${node.milliseconds.toFixed(1)} ms`,
    ]);
    for (const child of node.children) walk(child, depth + 1);
  };
  for (const tree of trees) walk(tree, 0);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((text, i) => (i === 3 ? text.padStart(widths[i]) : text.padEnd(widths[i])))
        .join('  '),
    )
    .join('\n');
}

/** Kinds of spans that are a hop: a service took something over. */
const hops = new Set(['server', 'consumer', 'producer']);

/**
 * What is wrong with the trace of a purchase: a service that is not in it, a hop that is nobody's or somebody else's, a second tree.
 * What is asked before it is known who asks has no tenant, and is no hop.
 */
export function problemsOf(spans, { services, tenant }) {
  const seen = new Set(spans.map(({ resource }) => resource['service.name']));
  const missing = services
    .filter((service) => !seen.has(service))
    .map((service) => `${service} is not in the trace`);
  const told = ({ name, resource }) => `${resource['service.name']}: ${name}`;
  const nobodys = spans
    .filter(({ kind, attributes }) => hops.has(kind) && attributes['tenant.id'] === undefined)
    .map((span) => `${told(span)} has no tenant`);
  const others = spans
    .filter(({ attributes }) => ![undefined, tenant].includes(attributes['tenant.id']))
    .map((span) => `${told(span)} is of ${span.attributes['tenant.id']}`);
  const trees = traceTrees(spans).length;
  return [
    ...missing,
    ...nobodys,
    ...others,
    ...(trees > 1 ? [`${trees} trees in place of one`] : []),
  ];
}
