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
  for (const value of [...values]) for (const part of passwordsIn(value)) values.add(part);
  values.delete('');
  return [...values];
}

/** The password of an address is secret by itself: programs print the one without the other. */
function passwordsIn(value: string): string[] {
  const [, written = ''] = /^[a-z][a-z0-9+.-]*:\/\/[^/?#@]*?:([^/?#]*)@/i.exec(value) ?? [];
  try {
    return [written, decodeURIComponent(written)];
  } catch {
    return [written];
  }
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
