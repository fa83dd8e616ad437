import { expect, test } from 'vitest';
import { html } from './html.ts';

test('what is no HTML is escaped, in text, in attributes and in lists', () => {
  const name = `<img src=x onerror="alert('1')">&`;
  const escaped = '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;';
  expect(html`<p title="${name}">${[name, 1]}</p>`.text).toBe(
    `<p title="${escaped}">${escaped}1</p>`,
  );
});

test('HTML of ours is not escaped again, and nothing is nothing', () => {
  expect(html`<p>${html`<b>${'&'}</b>`}${false}${undefined}${null}</p>`.text).toBe(
    '<p><b>&amp;</b></p>',
  );
});

test('an object that looks like HTML is not taken for it', () => {
  const forged = JSON.parse('{"text": "<script>"}');
  expect(() => html`${forged}`).toThrow();
});
