import type { ComposeProject, PlainValue } from '@ushadow/compose';

/** What `x-ushadow` says of a service, and of its file. */
export interface ServiceMetadata {
  readonly displayName: string | undefined;
  readonly description: string | undefined;
  readonly requires: readonly string[];
  readonly provides: string | undefined;
  readonly namespace: string | undefined;
}

/** `x-ushadow` has a key per service, and some for the whole file; a key that names no service is not one. */
export function serviceMetadata(project: ComposeProject, service: string): ServiceMetadata {
  const file = record(project['x-ushadow']);
  const own = record(file[service]);
  return {
    displayName: text(own['display_name']),
    description: text(own['description']),
    requires: Array.isArray(own['requires']) ? own['requires'].filter((item) => typeof item === 'string') : [],
    provides: text(own['provides']),
    namespace: text(file['namespace']),
  };
}

function record(value: PlainValue | undefined): { readonly [key: string]: PlainValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: PlainValue })
    : {};
}

function text(value: PlainValue | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
