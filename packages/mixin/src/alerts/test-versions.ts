/** The labels by which the only replica of a version differs from others. */
export const version = (name: string) => ({
  instance: `shop-${name}`,
  service_instance_id: `shop-${name}`,
  service_version: name,
});
