import { classifySensitive } from '@ushadow/compiler';
import { dnsLabel, type KubeObject } from '@ushadow/kubernetes';

/** Room for the suffix `-secrets`. */
const NAME_MAX = 55;

export interface EnvironmentObjects {
  readonly configMap: KubeObject;
  readonly secret: KubeObject;
}

/** The ConfigMap and the Secret of a service, divided by the one detector and the user's marks; either may be empty. */
export function environmentObjects(
  service: string,
  namespace: string,
  variables: Readonly<Record<string, string>>,
  marks: Readonly<Record<string, boolean>> = {},
): EnvironmentObjects {
  const name = dnsLabel(service, 'rfc1123', NAME_MAX);
  const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/managed-by': 'ushadow' };
  const isSecret = ([key, value]: [string, string]): boolean => {
    const mark = Object.hasOwn(marks, key) ? marks[key] : undefined;
    return classifySensitive(key, value, mark === undefined ? {} : { secret: mark }).secret;
  };
  const entries = Object.entries(variables);
  const encode = ([key, value]: [string, string]) => [key, Buffer.from(value, 'utf8').toString('base64')] as const;
  return {
    configMap: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `${name}-config`, namespace, labels },
      data: Object.fromEntries(entries.filter((entry) => !isSecret(entry))),
    },
    secret: {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: `${name}-secrets`, namespace, labels },
      type: 'Opaque',
      data: Object.fromEntries(entries.filter(isSecret).map(encode)),
    },
  };
}

/** Whether it holds any variable (R19, R20: without one it is left out). */
export function holdsVariables(object: KubeObject): boolean {
  const data: unknown = object['data'];
  return typeof data === 'object' && data !== null && Object.keys(data).length > 0;
}
