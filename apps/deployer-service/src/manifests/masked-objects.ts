import { SecretValues } from '@ushadow/deploy-engine';
import type { KubeObject } from '@ushadow/kubernetes';
import { MASK } from '@ushadow/secrets';
import { maskValues } from '../content/mask-values.ts';
import type { StackObjects } from '../content/stack-content.ts';

/**
 * The objects of a content, fit to be shown: keys of Secrets with their values masked, and the same values wherever else they
 * stand. What names an object stays, or it could not be found.
 */
export function maskedObjects(content: StackObjects, redact: (text: string) => string): KubeObject[] {
  const objects = content.objects.map(({ object }) => object);
  const secrets = new SecretValues(objects, maskValues(content, redact));
  return objects.map((object): KubeObject => {
    const { apiVersion, kind, metadata, ...rest } = withoutSecrets(object);
    const { name, namespace, ...marks } = metadata;
    const place = namespace === undefined ? { name } : { name, namespace };
    return { apiVersion, kind, metadata: { ...secrets.deep(marks), ...place }, ...secrets.deep(rest) };
  });
}

function withoutSecrets(object: KubeObject): KubeObject {
  if (object.kind !== 'Secret') return object;
  return { ...object, ...masked(object, 'data'), ...masked(object, 'stringData') };
}

function masked(object: KubeObject, field: 'data' | 'stringData'): Partial<KubeObject> {
  const values = object[field];
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return {};
  return { [field]: Object.fromEntries(Object.keys(values).map((key) => [key, MASK])) };
}
