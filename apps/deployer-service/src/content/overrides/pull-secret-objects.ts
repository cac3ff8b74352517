import { formatObjectId, listAt, objectId, podSpecPath, type JsonValue } from '@ushadow/kubernetes';
import { withField } from '@ushadow/deploy-engine';
import { isWorkloadKind } from '../replicas.ts';
import type { StackObjects, WantedObject } from '../stack-content.ts';

const PULL_SECRET = 'kubernetes.io/dockerconfigjson';

/** What pods of a content sign in to registries with. */
export function pullSecretsOf({ objects }: Pick<StackObjects, 'objects'>): readonly WantedObject[] {
  return objects.filter(({ object }) => object.kind === 'Secret' && object['type'] === PULL_SECRET);
}

/** The same content with pull secrets, named in the pods of the services that want them. */
export function withPullSecrets<T extends Pick<StackObjects, 'objects'>>(
  content: T,
  secrets: readonly WantedObject[],
): T {
  if (secrets.length === 0) return content;
  const names = new Map(secrets.map((wanted) => [formatObjectId(objectId(wanted.object)), wanted]));
  const kept = content.objects.filter(({ object }) => !names.has(formatObjectId(objectId(object))));
  const known = new Map(content.objects.map((wanted) => [formatObjectId(objectId(wanted.object)), wanted.services]));
  const all = secrets.map((wanted) => {
    const before = known.get(formatObjectId(objectId(wanted.object))) ?? [];
    return { ...wanted, services: [...new Set([...before, ...wanted.services])].sort() };
  });
  const objects = kept.map((wanted) => all.reduce(naming, wanted));
  return { ...content, objects: [...all, ...objects] };
}

function naming(wanted: WantedObject, secret: WantedObject): WantedObject {
  const { object, services } = wanted;
  if (!isWorkloadKind(object.kind) || !services.some((service) => secret.services.includes(service))) return wanted;
  const steps = [...podSpecPath(object.kind).split('.'), 'imagePullSecrets'];
  const { name } = secret.object.metadata;
  const before = listAt(object, steps);
  if (before.some((each) => each['name'] === name)) return wanted;
  return { ...wanted, object: withField(object, steps, [...before, { name }] as readonly JsonValue[]) };
}
