import type { JsonValue } from '../json.ts';
import { isJsonObject, listAt, textAt, valueAt } from '../json.ts';
import type { KubeObject } from '../object.ts';
import { podSpecOf, podSpecPath } from './pod-template.ts';

/** What the pods of a workload cannot start without, unless it says otherwise. */
export interface PodReference {
  readonly kind: 'ConfigMap' | 'PersistentVolumeClaim' | 'Secret' | 'ServiceAccount';
  readonly name: string;
  /** Of the data; absent: any. */
  readonly keys: readonly string[];
  /** Where it is named, in the workload. */
  readonly field: string;
  /** Pods start all the same, and may not get their image. */
  readonly isPullSecret?: true;
}

/** What the pods of a workload name, optional references left out; nothing for other kinds. */
export function podReferences(object: KubeObject): PodReference[] {
  const spec = podSpecOf(object);
  if (spec === undefined) return [];
  const path = podSpecPath(object.kind);
  const containers = ['initContainers', 'containers'].flatMap((list) =>
    listAt(spec, [list]).flatMap((container) =>
      ofContainer(container, `${path}.${list}[name="${textAt(container, ['name'])}"]`),
    ),
  );
  const volumes = listAt(spec, ['volumes']).flatMap((volume) =>
    ofVolume(volume, `${path}.volumes[name="${textAt(volume, ['name'])}"]`),
  );
  const account = textAt(spec, ['serviceAccountName']);
  const pulls = listAt(spec, ['imagePullSecrets']).flatMap((each): PodReference[] =>
    named('Secret', valueAt(each, ['name']), [], `${path}.imagePullSecrets`).map((found) => ({
      ...found,
      isPullSecret: true,
    })),
  );
  // Every namespace has the account that is called "default".
  const accounts = account === 'default' ? [] : named('ServiceAccount', account, [], `${path}.serviceAccountName`);
  return [...containers, ...volumes, ...accounts, ...pulls];
}

const KINDS = [
  { kind: 'ConfigMap', source: 'configMapRef', key: 'configMapKeyRef', volume: 'configMap' },
  { kind: 'Secret', source: 'secretRef', key: 'secretKeyRef', volume: 'secret' },
] as const;

function ofContainer(container: JsonValue, path: string): PodReference[] {
  const variables = listAt(container, ['env']).flatMap((variable) =>
    KINDS.flatMap(({ kind, key }) => {
      const reference = valueAt(variable, ['valueFrom', key]);
      const field = `${path}.env[name="${textAt(variable, ['name'])}"]`;
      return needed(reference) ? named(kind, valueAt(reference, ['name']), [textAt(reference, ['key'])], field) : [];
    }),
  );
  const sets = listAt(container, ['envFrom']).flatMap((item, index) =>
    KINDS.flatMap(({ kind, source }) => {
      const reference = valueAt(item, [source]);
      return needed(reference) ? named(kind, valueAt(reference, ['name']), [], `${path}.envFrom[${index}]`) : [];
    }),
  );
  return [...variables, ...sets];
}

function ofVolume(volume: JsonValue, field: string): PodReference[] {
  const claim = named('PersistentVolumeClaim', valueAt(volume, ['persistentVolumeClaim', 'claimName']), [], field);
  const sources = [volume, ...listAt(volume, ['projected', 'sources'])];
  const files = sources.flatMap((source) =>
    KINDS.flatMap(({ kind, volume: key }) => {
      const reference = valueAt(source, [key]);
      if (!needed(reference)) return [];
      const keys = listAt(reference, ['items']).map((item) => textAt(item, ['key']));
      return named(kind, valueAt(reference, ['secretName']) ?? valueAt(reference, ['name']), keys, field);
    }),
  );
  return [...claim, ...files];
}

function needed(reference: JsonValue | undefined): reference is JsonValue {
  return isJsonObject(reference) && reference['optional'] !== true;
}

function named(
  kind: PodReference['kind'],
  name: JsonValue | undefined,
  keys: readonly string[],
  field: string,
): PodReference[] {
  return typeof name === 'string' && name !== '' ? [{ kind, name, keys, field }] : [];
}
