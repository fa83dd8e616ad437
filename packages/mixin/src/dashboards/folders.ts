/** Folders of Grafana, and of the files. */
export const folders = {
  overview: 'overview',
  services: 'services',
  business: 'business',
  infrastructure: 'infrastructure',
} as const;
