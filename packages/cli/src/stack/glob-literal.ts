/** A path as part of a pattern of Go's `filepath.Glob`, as Prometheus and Alertmanager take for files: it means itself and nothing else. */
export const globLiteral = (path: string): string => path.replace(/[\\*?[]/g, '\\$&');
