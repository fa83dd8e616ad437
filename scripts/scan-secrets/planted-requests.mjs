/** Sends what people send, with secrets in every part of it, to every tenant of the shop. Gives the number of requests. */
export async function sendPlantedRequests({ address, tenants, planted }) {
  const { of, canary } = planted;
  let requests = 0;
  const ask = async (path, { body, raw, ...options } = {}) => {
    requests += 1;
    const response = await fetch(new URL(path, address), {
      ...options,
      ...((body ?? raw) !== undefined && { method: 'POST', body: raw ?? JSON.stringify(body) }),
      headers: {
        'content-type': 'application/json',
        'user-agent': canary,
        'x-forwarded-for': of('client address'),
        cookie: `session=${of('cookie')}`,
        'x-note': of('value of a header'),
        ...options.headers,
      },
    });
    const text = await response.text();
    return URL.canParse(text) || text === '' ? {} : JSON.parse(text);
  };
  for (const { apiKey } of tenants) {
    const headers = { 'x-api-key': apiKey };
    const email = of('customer e-mail');
    const password = of('customer password');
    const customer = { email, password, name: of('customer name') };
    await ask('/register', { headers, body: customer });
    await ask('/register', { headers, body: customer });
    const { token } = await ask('/login', { headers, body: { email, password } });
    await ask('/login', { headers, body: { email, password: of('wrong password') } });
    await ask('/login', { headers, raw: `{"password":"${of('words in a malformed body')}` });
    const known = { authorization: `Bearer ${token}` };
    const query = new URLSearchParams({
      search: of('search words'),
      category: of('query value'),
      access_token: of('query token'),
    });
    await ask(`/products?${query}`, { headers });
    await ask(`/products?search=${encodeURIComponent(of('search words'))}`, { headers });
    await ask('/orders', { headers: known, body: { currency: 'EUR', card: of('card number') } });
    await ask(`/orders/${of('reset token in a path')}`, { headers: known });
    await ask(`/reset/${of('reset token in a path')}`, { headers });
    await ask(`/customers/${encodeURIComponent(of('e-mail in a path'))}`, { headers });
    const basic = Buffer.from(`jo:${of('basic password')}`).toString('base64');
    for (const given of [
      { authorization: `Bearer ${of('bearer token')}` },
      { authorization: `Basic ${basic}` },
      { 'x-api-key': of('API key that is unknown') },
    ]) {
      await ask('/cart', { headers: given });
    }
  }
  return requests;
}
