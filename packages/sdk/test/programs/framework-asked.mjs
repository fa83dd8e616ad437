/** Asks a server of the framework programs for what each of them has. */
export async function asked(base) {
  for (const path of ['/users/1', '/users/2', '/throws', '/nowhere']) {
    await (await fetch(`${base}${path}`)).text();
  }
}
