// Prints the files of Prisma that were loaded.
console.log(
  JSON.stringify(Object.keys(require.cache).filter((file) => file.includes('prisma/ins'))),
);
