// Asks for builtins that there are not.
for (const id of [undefined, null, 5, {}, 'node:nosuch', 'nosuch']) {
  try {
    console.log(String(process.getBuiltinModule(id)));
  } catch (error) {
    console.log(error.code);
  }
}
