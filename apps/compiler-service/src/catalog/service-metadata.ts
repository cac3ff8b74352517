import type { ComposeProject, ComposeService, PlainValue } from '@ushadow/compose';

/** What `x-ushadow` says of a service. Resources are read by the compiler. */
export interface ServiceMetadata {
  readonly displayName: string | undefined;
  readonly description: string | undefined;
  readonly requires: readonly string[];
  /** Capabilities it uses when they are there. */
  readonly optional: readonly string[];
  /** The capability it offers to others. */
  readonly provides: string | undefined;
  readonly tags: readonly string[];
  readonly environments: readonly string[];
  readonly exposes: readonly ExposedEndpoint[];
  readonly routePath: string | undefined;
  /** A mark of its own that it is infrastructure, or is not. */
  readonly infrastructure: boolean | undefined;
}

export interface ExposedEndpoint {
  readonly name: string;
  readonly type: string;
  readonly path: string | undefined;
  readonly port: number | undefined;
}

/** What `x-ushadow` says of a whole file. */
export interface FileMetadata {
  readonly namespace: string | undefined;
  /** Infrastructure services of other files that this one expects. */
  readonly infraServices: readonly string[];
}

/** `x-ushadow` has a key per service, and some for the whole file; a key that names no service is not one. */
export function serviceMetadata(
  project: ComposeProject,
  service: string,
): { metadata: ServiceMetadata; fileMetadata: FileMetadata } {
  const file = record(project['x-ushadow']);
  const declared = project.services[service] ?? project.disabledServices?.[service];
  const own = { ...record(file[service]), ...record(declared?.['x-ushadow']) };
  return {
    metadata: {
      displayName: text(own['display_name']),
      description: text(own['description']),
      requires: texts(own['requires']),
      optional: texts(own['optional']),
      provides: text(own['provides']),
      tags: texts(own['tags']),
      environments: texts(own['environments']),
      exposes: Array.isArray(own['exposes']) ? own['exposes'].flatMap(exposed) : [],
      routePath: text(own['route_path']),
      infrastructure: typeof own['infrastructure'] === 'boolean' ? own['infrastructure'] : undefined,
    },
    fileMetadata: { namespace: text(file['namespace']), infraServices: texts(file['infra_services']) },
  };
}

function exposed(value: PlainValue): ExposedEndpoint[] {
  const entry = record(value);
  const [name, type, port] = [text(entry['name']), text(entry['type']), Number(entry['port'])];
  if (name === undefined || type === undefined) return [];
  return [{ name, type, path: text(entry['path']), port: Number.isInteger(port) && port > 0 ? port : undefined }];
}

function record(value: PlainValue | undefined): { readonly [key: string]: PlainValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: PlainValue })
    : {};
}

function text(value: PlainValue | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function texts(value: PlainValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Why a cluster cannot run this service, or null when it can. */
export function notDeployable(service: ComposeService): string | null {
  if (service.image !== undefined) return null;
  return service.build === undefined
    ? 'It has neither an image nor a build: the file is an override, or incomplete.'
    : 'It is only built, and a cluster can only pull: push its image to a registry and name it under `image`.';
}
