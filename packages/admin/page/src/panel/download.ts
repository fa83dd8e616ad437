import { type Table, toCsv } from './csv.ts';

/** Hands the browser a file. */
export function download(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** The byte order mark makes spreadsheets read names as UTF-8. */
export function downloadCsv(name: string, table: Table): void {
  download(`${name}.csv`, new Blob(['\ufeff', toCsv(table)], { type: 'text/csv;charset=utf-8' }));
}
