const comment = 'Known: a payment provider of acme is ill, they are on it';

/**
 * Silences a firing alert in the page: the dialog, the alert with its mark, the table of silences, the row of the audit trail. The silence
 * must be in Alertmanager itself, word for word and in the name of who did it. Throws where something of it is missing.
 */
export async function silenceAnAlert({ camera, alert, tenant, alertmanager }) {
  const { page } = camera;
  await camera.open('#/alerts');
  await page.emulateMedia({ colorScheme: 'light' });
  const ofTenant = page.locator('li.alert').filter({ hasText: alert }).filter({ hasText: tenant });
  const button = ofTenant.getByRole('button', { name: `Silence ${alert}` }).first();
  await button.waitFor();
  await camera.take({ view: 'firing', theme: 'light' });
  await button.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why').fill(comment);
  await camera.take({ view: 'silence', theme: 'light' });
  await dialog.getByRole('button', { name: 'Silence' }).click();
  await dialog.waitFor({ state: 'detached' });
  await ofTenant.getByText('silenced', { exact: true }).first().waitFor();

  await camera.open('#/alerts?tab=silences');
  await page.getByRole('cell', { name: comment }).waitFor();
  await camera.open('#/alerts?tab=audit');
  const entry = page.getByRole('row').filter({ hasText: 'silence.created' }).first();
  await entry.waitFor();
  const written = await entry.textContent();
  const response = await fetch(`${alertmanager}/api/v2/silences`);
  const silence = (await response.json()).find((one) => one.comment === comment);
  if (silence?.createdBy !== 'super@shop.example' || silence.status.state !== 'active')
    throw new Error(`Expected the silence in Alertmanager, got ${JSON.stringify(silence)}`);
  for (const part of ['super@shop.example', comment, silence.id])
    if (!written.includes(part))
      throw new Error(`Expected the audit trail to say ${part}, got ${written}`);
}
