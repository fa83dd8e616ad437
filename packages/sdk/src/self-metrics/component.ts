/** The attributes of a part of this SDK. It has one of each type, so that the name never changes with a restart. */
export function component(type: string) {
  return { 'otel.component.type': type, 'otel.component.name': `${type}/0` } as const;
}
