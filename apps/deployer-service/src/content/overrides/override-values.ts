import type { OverrideData } from '@ushadow/contracts';
import { fieldAt, withField } from '@ushadow/deploy-engine';
import {
  canonicalJson,
  formatObjectId,
  isJsonObject,
  objectId,
  type JsonObject,
  type JsonValue,
} from '@ushadow/kubernetes';
import { isAutoscaled, replicasOf, withReplicas } from '../replicas.ts';
import type { StackObjects } from '../stack-content.ts';
import { containerOf, copiesOf, withContainer, withObject } from './service-container.ts';

export type OverrideValue = OverrideData['value'];
type Of = Pick<OverrideData, 'service' | 'key' | 'object' | 'path'>;

/** What a content says where an override is; undefined where there is nothing any more that it could be of. */
export function valueIn(content: StackObjects, of: Of): OverrideValue | undefined {
  const { service, key, path = [] } = of;
  if (key === 'replicas') return isAutoscaled(content, service) ? undefined : replicasOf(content, service);
  if (key === 'image') return content.services[service]?.image ?? undefined;
  if (key === 'probe') {
    const container = containerOf(content, service)?.container;
    return container === undefined ? undefined : probesText(container);
  }
  const object = objectOf(content, of)?.object;
  if (object === undefined) return undefined;
  const value = fieldAt(object, path);
  return value === undefined ? null : canonicalJson(value);
}

/** The same content with another value where an override is. */
export function withValue<T extends StackObjects>(content: T, of: Of, value: OverrideValue): T {
  const { service, key, path = [] } = of;
  if (key === 'replicas') return typeof value === 'number' ? withReplicas(content, service, value) : content;
  if (key === 'image') return typeof value === 'string' ? withImage(content, service, value) : content;
  if (key === 'probe') return withProbes(content, service, value);
  const wanted = objectOf(content, of);
  if (wanted === undefined) return content;
  const json = typeof value === 'string' ? (JSON.parse(value) as JsonValue) : undefined;
  return withObject(content, wanted, (object) => withField(object, path, json));
}

function objectOf({ objects }: Pick<StackObjects, 'objects'>, { object }: Of) {
  return objects.find((wanted) => formatObjectId(objectId(wanted.object)) === object);
}

function withImage<T extends StackObjects>(content: T, service: string, image: string): T {
  const found = containerOf(content, service);
  const known = content.services[service];
  if (found === undefined || known === undefined) return content;
  const copies = copiesOf(found.wanted.object, known.image);
  const changed = withObject(content, found.wanted, (object) =>
    [[...found.steps, 'image'], ...copies].reduce((each, steps) => withField(each, steps, image), object),
  );
  return { ...changed, services: { ...changed.services, [service]: { ...known, image } } };
}

/** By these Kubernetes kills a container, or takes it out of its Services. */
const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
export const PROBES_OFF = 'off';

function probesText(container: JsonObject): string {
  const probes = PROBES.flatMap((name) => (container[name] === undefined ? [] : [[name, container[name]] as const]));
  return probes.length === 0 ? PROBES_OFF : canonicalJson(Object.fromEntries(probes));
}

function withProbes<T extends StackObjects>(content: T, service: string, value: OverrideValue): T {
  const found = containerOf(content, service);
  if (found === undefined) return content;
  const probes: unknown = typeof value === 'string' && value !== PROBES_OFF ? JSON.parse(value) : {};
  return withContainer(content, found, (container) => {
    const rest = Object.entries(container).filter(([key]) => !(PROBES as readonly string[]).includes(key));
    return { ...Object.fromEntries(rest), ...(isJsonObject(probes) ? probes : {}) };
  });
}
