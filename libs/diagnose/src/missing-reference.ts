import type { JsonValue, KubeObject } from '@ushadow/kubernetes';
import { isJsonObject, listAt, valueAt } from '@ushadow/kubernetes';

/** A ConfigMap or Secret, or one key of it, that a kubelet did not find. */
export interface MissingReference {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly key?: string;
}

/** Reads `configmap "x" not found` and `couldn't find key K in Secret ns/x`; undefined for other texts. */
export function readMissingReference(text: string): MissingReference | undefined {
  const key = /couldn't find key (\S+) in (ConfigMap|Secret) (?:[^/\s]+\/)?([^\s:]+)/.exec(text);
  if (key !== null) return { kind: kindOf(key[2]), name: key[3] ?? '', key: key[1] ?? '' };
  const whole = /\b(configmap|secret)s? "([^"]+)" not found/i.exec(text);
  return whole === null ? undefined : { kind: kindOf(whole[1]), name: whole[2] ?? '' };
}

function kindOf(word: string | undefined): MissingReference['kind'] {
  return word?.toLowerCase() === 'secret' ? 'Secret' : 'ConfigMap';
}

/** Whether an object that is brought along has what was missing: then the kubelet only has to look again. */
export function isBrought(reference: MissingReference, object: KubeObject | undefined): boolean {
  if (object === undefined) return false;
  const { key } = reference;
  if (key === undefined) return true;
  return ['data', 'stringData', 'binaryData'].some((field) => valueAt(object, [field, key]) !== undefined);
}

/** Where a container names it: `env[name="KEY"]`, `envFrom[0]`; empty when it does not. */
export function referenceIn(container: JsonValue, { kind, name, key }: MissingReference): string {
  const [keyRef, ref] = kind === 'Secret' ? ['secretKeyRef', 'secretRef'] : ['configMapKeyRef', 'configMapRef'];
  const variable = listAt(container, ['env']).find((item) => {
    const named = valueAt(item, ['valueFrom', keyRef]);
    return isJsonObject(named) && named['name'] === name && (key === undefined || named['key'] === key);
  });
  if (variable !== undefined) return `env[name="${String(variable['name'])}"]`;
  const at = listAt(container, ['envFrom']).findIndex((item) => valueAt(item, [ref, 'name']) === name);
  return at < 0 ? '' : `envFrom[${at}]`;
}
