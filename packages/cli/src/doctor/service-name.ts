import type { DoctorContext } from './doctor-context.ts';

/** What the SDK calls the service, by the same precedence: variable, resource attributes, name of the package. */
export function serviceName({ env, app }: DoctorContext): string | undefined {
  const named = env.OTEL_SERVICE_NAME?.trim();
  if (named) return named;
  for (const pair of (env.OTEL_RESOURCE_ATTRIBUTES ?? '').split(',')) {
    const [key, value] = pair.split('=');
    if (key?.trim() !== 'service.name' || !value) continue;
    try {
      return decodeURIComponent(value.trim());
    } catch {
      return undefined;
    }
  }
  return app?.manifest.name;
}
