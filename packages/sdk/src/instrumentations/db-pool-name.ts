/** `host:port/database`, as semantic conventions name a pool that has no name. */
export function poolName(
  host: string | undefined,
  port: string | number,
  database: string | undefined,
): string {
  return `${host || 'localhost'}:${port}/${database ?? ''}`;
}
