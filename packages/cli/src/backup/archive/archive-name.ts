const NAME = /^bellwether-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.tar(\.age)?$/;

/** `bellwether-20261121T021500Z.tar`, with `.age` where it is encrypted: sorted by name is sorted by time. */
export function archiveName(at: Date, encrypted: boolean): string {
  const time = `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
  return `bellwether-${time}.tar${encrypted ? '.age' : ''}`;
}

/** When the backup of that name began; `undefined` for a name that is none of ours. */
export function timeOfArchive(name: string): Date | undefined {
  const [, year, month, day, hour, minute, second] = NAME.exec(name) ?? [];
  if (year === undefined) return undefined;
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
