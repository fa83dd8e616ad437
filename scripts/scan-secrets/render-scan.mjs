/** The result for people. */
export function renderScan({ secrets, variants, requests, surfaces, found, blind }) {
  const lines = surfaces.map(
    ({ name, texts, bytes }) =>
      `  ${name.padEnd(22)} ${String(texts).padStart(6)} ${String(bytes).padStart(10)} bytes`,
  );
  for (const { kind, surface, context } of found) {
    lines.push(`FOUND ${kind} in ${surface}: ${context}`);
  }
  for (const name of blind) lines.push(`BLIND: what was meant to be in ${name} is not there`);
  const what = `${secrets} secrets in ${variants} forms, ${requests} requests`;
  return `${[...lines, `${what}: ${found.length} found`].join('\n')}\n`;
}
