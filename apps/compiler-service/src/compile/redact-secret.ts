import type { KubeObject } from '@ushadow/kubernetes';
import { MASK } from '@ushadow/secrets';

/** The same object with every value of a Secret masked; keys stay, they are what people look for. */
export function redactSecret(object: KubeObject): KubeObject {
  if (object.kind !== 'Secret') return object;
  const mask = (field: unknown): unknown =>
    typeof field === 'object' && field !== null
      ? Object.fromEntries(Object.keys(field).map((key) => [key, MASK]))
      : field;
  const masked = Object.entries(object).map(([key, value]) => [
    key,
    key === 'data' || key === 'stringData' ? mask(value) : value,
  ]);
  return Object.fromEntries(masked) as unknown as KubeObject;
}
