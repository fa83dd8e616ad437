/** Throws unless the address answers 2xx within a second. */
export async function httpReady(
  url: string,
  as?: { readonly user: string; readonly password: string },
): Promise<void> {
  const basic = as && Buffer.from(`${as.user}:${as.password}`).toString('base64');
  const answer = await fetch(url, {
    signal: AbortSignal.timeout(1_000),
    ...(basic !== undefined && { headers: { authorization: `Basic ${basic}` } }),
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
}
