/** A secret as it may have been written: as it is, in JSON, in an address, in base64 wherever it stood in what was encoded, in hex. */
export function inWhichForms(value) {
  const bytes = Buffer.from(value);
  const forms = [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    new URLSearchParams({ value }).toString().slice('value='.length),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    bytes.toString('latin1'),
  ];
  for (const before of [0, 1, 2]) {
    const whole = Buffer.concat([Buffer.alloc(before, 'x'), bytes]).toString('base64');
    // Less the characters that the bytes around it have a share in.
    const own = whole.slice(
      Math.ceil((before * 8) / 6),
      Math.floor(((before + bytes.length) * 8) / 6),
    );
    forms.push(own, own.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return [...new Set(forms)];
}

/** Whose spans must be among the traces. */
const scopes = [
  ...[
    '@bellwether/sdk/http',
    '@bellwether/sdk/undici',
    '@bellwether/sdk/pg',
    '@bellwether/sdk/redis',
  ],
  ...['prisma', '@bellwether/sdk/mysql2'],
];

/** Every secret in every surface. `blind`: surfaces in which not even the canary was seen, and scopes without a span. */
export function scan({ planted, surfaces }) {
  const found = [];
  for (const { kind, value } of planted.secrets) {
    for (const form of inWhichForms(value)) {
      for (const { name, content } of surfaces) {
        const at = content.indexOf(form);
        if (at !== -1) found.push({ kind, form, surface: name, context: around(content, at) });
      }
    }
  }
  const blind = surfaces
    .filter(({ content }) => !content.includes(planted.canary))
    .map(({ name }) => name);
  const traces = surfaces.find(({ name }) => name === 'OTLP traces');
  blind.push(...scopes.filter((scope) => !traces?.content.includes(scope)));
  return { found, blind };
}

/** What stood before it, to know which attribute it was; printable, as OTLP is bytes. */
function around(content, at) {
  return content
    .subarray(Math.max(0, at - 100), at + 20)
    .toString('latin1')
    .replaceAll(/[^\x20-\x7e]/g, '.');
}
