import { isJsonObject, valueAt, type JsonValue, type KubeObject } from '@ushadow/kubernetes';
import type { StackObjects } from './stack-content.ts';

/** Every secret value that is in some contents, once: of their Secrets, and what else is masked in them. */
export function secretValuesOf(contents: readonly Pick<StackObjects, 'objects' | 'masks'>[]): string[] {
  const values = new Set<string>();
  for (const { objects, masks = [] } of contents) {
    for (const mask of masks) values.add(mask);
    for (const { object } of objects)
      if (object.kind === 'Secret') for (const each of valuesOf(object)) values.add(each);
  }
  values.delete('');
  return [...values];
}

function valuesOf(secret: KubeObject): string[] {
  return [
    ...textsAt(secret, 'stringData'),
    ...textsAt(secret, 'data').map((data) => Buffer.from(data, 'base64').toString('utf8')),
  ];
}

function textsAt(object: KubeObject, field: string): string[] {
  const data = valueAt(object as unknown as JsonValue, [field]);
  return isJsonObject(data) ? Object.values(data).filter((value) => typeof value === 'string') : [];
}
