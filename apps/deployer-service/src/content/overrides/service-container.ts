import { isJsonObject, listAt, podSpecPath, valueAt, type JsonObject, type KubeObject } from '@ushadow/kubernetes';
import { fieldAt, withField } from '@ushadow/deploy-engine';
import type { StackObjects, WantedObject } from '../stack-content.ts';
import { isWorkloadKind } from '../replicas.ts';

/** What of a content is looked at here. */
export type Containers = Pick<StackObjects, 'objects' | 'services'>;

/** The container in which a service runs, and the workload that it is of. */
export interface ServiceContainer {
  readonly wanted: WantedObject;
  readonly container: JsonObject;
  /** Steps to it in the workload. */
  readonly steps: readonly string[];
}

/** By its name, which is the service's; else the only one that has the service's image. */
export function containerOf({ objects, services }: Containers, service: string): ServiceContainer | undefined {
  const known = services[service];
  const wanted = objects.find((each) => isWorkloadKind(each.object.kind) && each.services.includes(service));
  if (wanted === undefined || known === undefined) return undefined;
  const path = podSpecPath(wanted.object.kind).split('.');
  const all = ['containers', 'initContainers'].flatMap((list) =>
    listAt(wanted.object, [...path, list]).map((container) => ({ list, container })),
  );
  const names = [known.objectName, service, wanted.object.metadata.name];
  const named = names.flatMap((name) => all.find(({ container }) => container['name'] === name) ?? []);
  const alike = all.filter(({ list, container }) => list === 'containers' && container['image'] === known.image);
  const found = named[0] ?? (alike.length === 1 ? alike[0] : undefined);
  if (found === undefined) return undefined;
  const { list, container } = found;
  return { wanted, container, steps: [...path, list, `[name=${String(container['name'])}]`] };
}

/** The same content with another container for a service. */
export function withContainer<T extends Containers>(
  content: T,
  { wanted, steps }: ServiceContainer,
  change: (container: JsonObject) => JsonObject,
): T {
  return withObject(content, wanted, (object) => {
    const container = fieldAt(object, steps);
    return isJsonObject(container) ? withField(object, steps, change(container)) : object;
  });
}

export function withObject<T extends Pick<StackObjects, 'objects'>>(
  content: T,
  wanted: WantedObject,
  change: (object: KubeObject) => KubeObject,
): T {
  const objects = content.objects.map((each) => (each === wanted ? { ...each, object: change(each.object) } : each));
  return { ...content, objects };
}

/** Steps to the init containers that have this image: they copy what it brings. */
export function copiesOf(object: KubeObject, image: string | null): (readonly string[])[] {
  const path = [...podSpecPath(object.kind).split('.'), 'initContainers'];
  return listAt(object, path)
    .filter((each) => each['image'] === image)
    .map((each) => [...path, `[name=${String(valueAt(each, ['name']))}]`, 'image']);
}
