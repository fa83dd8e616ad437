/** `${name}`, which Grafana replaces when it shows the dashboard. */
export const placeholder = (name: string): string => `\${${name}}`;
