import { classifySensitive } from '@ushadow/compiler';
import { dnsLabel, type KubeObject } from '@ushadow/kubernetes';

/** Room for the suffix `-secrets`. */
const NAME_MAX = 55;

export interface EnvironmentObjects {
  readonly configMap: KubeObject | undefined;
  readonly secret: KubeObject | undefined;
}

/** The ConfigMap and the Secret of a service, divided by the one detector; each only when it has something to hold (R19, R20). */
export function environmentObjects(
  service: string,
  namespace: string,
  variables: Readonly<Record<string, string>>,
): EnvironmentObjects {
  const name = dnsLabel(service, 'rfc1123', NAME_MAX);
  const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/managed-by': 'ushadow' };
  const entries = Object.entries(variables);
  const open = entries.filter(([key, value]) => !classifySensitive(key, value).secret);
  const hidden = entries.filter(([key, value]) => classifySensitive(key, value).secret);
  const encode = (value: string): string => Buffer.from(value, 'utf8').toString('base64');
  return {
    configMap:
      open.length === 0
        ? undefined
        : {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name: `${name}-config`, namespace, labels },
            data: Object.fromEntries(open),
          },
    secret:
      hidden.length === 0
        ? undefined
        : {
            apiVersion: 'v1',
            kind: 'Secret',
            metadata: { name: `${name}-secrets`, namespace, labels },
            type: 'Opaque',
            data: Object.fromEntries(hidden.map(([key, value]) => [key, encode(value)])),
          },
  };
}
