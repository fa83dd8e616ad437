// Grafana's database, as the stand-in keeps it: made with Grafana's mode, in its place. As a program it adds a dashboard where a title is given, and
// prints all titles: node grafana-database.mjs [title]
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const file = '/var/lib/grafana/grafana.db';

export function openDatabase() {
  closeSync(openSync(file, 'a', 0o640));
  const database = new DatabaseSync(file);
  database.exec(
    'create table if not exists dashboard (title text); create table if not exists start (id integer primary key)',
  );
  return database;
}

if (import.meta.main) {
  const database = openDatabase();
  const [title] = process.argv.slice(2);
  if (title !== undefined) database.prepare('insert into dashboard values (?)').run(title);
  const rows = database.prepare('select title from dashboard order by title').all();
  process.stdout.write(`${JSON.stringify(rows.map((row) => row.title))}\n`);
}
