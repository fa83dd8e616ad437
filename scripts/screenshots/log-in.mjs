/** Logs in by the form, as a person does, after a look at the form itself and at what it says of a wrong password. */
export async function logIn({ camera, login }) {
  const { page } = camera;
  const send = async (password) => {
    await page.getByLabel('E-mail address').fill(login.email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Log in' }).click();
  };
  for (const theme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme: theme });
    await page.goto(`${camera.address}/admin/monitoring/`);
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    await camera.take({ view: 'login', theme });
  }
  await send('not the password');
  await page.getByRole('alert').waitFor();
  await camera.take({ view: 'login-refused', theme: 'light' });
  await send(login.password);
  await page.locator('.stat-value').first().waitFor();
}
