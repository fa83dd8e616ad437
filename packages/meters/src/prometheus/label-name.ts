/** What Prometheus makes of a name or key: everything but letters, digits and "_" becomes one "_". */
export function labelName(name: string): string {
  return name.replace(/[^A-Za-z0-9_]+/g, '_').replace(/_+/g, '_');
}
