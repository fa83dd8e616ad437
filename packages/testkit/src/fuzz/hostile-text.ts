import fc from 'fast-check';

/** Texts that end what they stand in, where they stand in something: one or more for each language that we write. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '\0',
  '\n',
  '\r',
  '\r\n',
  '\u2028',
  '\u2029',
  '\u0085',
  '\u001b[2J\u001b]0;owned\u0007',
  '\u009b31m',
  '\u202egnp.exe',
  '\u2066\u200b\ufeff',
  '\ud800',
  '\udfff\ud800',
  '\u{1f642}',
  'é'.normalize('NFD'),
  // Logs and headers
  'a\r\nBcc: everybody@evil.example.com\r\n\r\nbody',
  'a\nbellwether error: all is lost [ERR_FAKE]',
  '{"level":"fatal","msg":"forged"}',
  // Prometheus: PromQL, label values, templates
  'acme"} or vector(1) or x{a="',
  'acme\\"} or up{a="',
  '.*',
  '(a+)+$',
  'a|b',
  '"} or {__name__=~".+"}',
  '{{ range query "up" }}{{ . }}{{ end }}',
  '{{ $labels }}',
  '$__rate_interval',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Grafana
  '${tenant:raw}',
  // YAML, JSON, Markdown, HTML, chat
  '- a: &x\n  b: *x',
  ': #',
  '!!js/function "x"',
  '@at `tick %percent',
  '"\\\'',
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<!channel> <@U1> <https://evil.example.com|ok>',
  '&lt;!here&gt;',
  '[click](javascript:alert(1))',
  '| a | `b` |',
  '*bold* _it_ ~gone~ @here',
  'https://evil.example.com/?a=b#c',
  'www.evil.example.com',
  'evil.example.com/login',
  'javascript:alert(1)',
  // Objects
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  '__other__',
  // Paths and commands
  '../../../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  '%00',
  '%ff',
  '%',
  '; rm -rf /',
  "' OR 1=1 --",
  '$(id)',
  // Numbers that are none
  'NaN',
  '-0',
  '1e309',
  '0x10',
  '9'.repeat(400),
];

/** Text as somebody who means ill writes it: what is known to break, alone or inside, any characters, and very long. */
export function hostileText({
  maxLength = 200,
}: {
  maxLength?: number;
} = {}): fc.Arbitrary<string> {
  const known = fc.constantFrom(...hostileTexts);
  const unit = fc.oneof(
    fc.constantFrom('binary' as const, 'grapheme' as const, 'binary-ascii' as const),
  );
  const any = unit.chain((of) => fc.string({ unit: of, maxLength }));
  return fc
    .oneof(
      { weight: 4, arbitrary: known },
      { weight: 4, arbitrary: any },
      { weight: 3, arbitrary: fc.tuple(any, known, any).map((parts) => parts.join('')) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(
            fc.constantFrom('x', 'é', '🙂', '"', '\\', '\n', '%', ';', '=', ' '),
            fc.nat(20_000),
          )
          .map(([text, times]) => text.repeat(times)),
      },
    )
    .map((text) => (maxLength < 200 ? text.slice(0, maxLength) : text));
}
