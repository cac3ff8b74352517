import type { JsonValue } from '@ushadow/kubernetes/json';
import { keptOf, listAt, textAt } from './read-json.ts';

/** A variable whose value comes from a Secret: by name only, never a value. */
export interface SecretVariable {
  readonly variable: string;
  readonly secret: string;
  readonly key: string;
}

/** Variables that a container takes from Secrets: from a key, or as `…_FILE` with the path of a mounted key. */
export function readSecretVariables(container: JsonValue, volumes: readonly JsonValue[]): readonly SecretVariable[] {
  return keptOf(listAt(container, 'env'), (entry) => {
    const name = textAt(entry, 'name');
    if (name === undefined) return undefined;
    const secret = textAt(entry, 'valueFrom', 'secretKeyRef', 'name');
    const key = textAt(entry, 'valueFrom', 'secretKeyRef', 'key');
    if (secret !== undefined && key !== undefined) return { variable: name, secret, key };
    const path = name.endsWith('_FILE') ? textAt(entry, 'value') : undefined;
    const mounted = path === undefined ? undefined : mountedKey(path, container, volumes);
    return mounted === undefined ? undefined : { variable: name.slice(0, -'_FILE'.length), ...mounted };
  });
}

function mountedKey(
  path: string,
  container: JsonValue,
  volumes: readonly JsonValue[],
): Omit<SecretVariable, 'variable'> | undefined {
  const slash = path.lastIndexOf('/');
  const [folder, file] = [path.slice(0, slash), path.slice(slash + 1)];
  const mount = listAt(container, 'volumeMounts').find(
    (one) => textAt(one, 'mountPath')?.replace(/\/$/, '') === folder && textAt(one, 'subPath') === undefined,
  );
  const volume = volumes.find((one) => textAt(one, 'name') === textAt(mount, 'name'));
  const secret = textAt(volume, 'secret', 'secretName');
  if (mount === undefined || secret === undefined || file === '') return undefined;
  const items = listAt(volume, 'secret', 'items');
  const key =
    items.length === 0
      ? file
      : textAt(
          items.find((one) => textAt(one, 'path') === file),
          'key',
        );
  return key === undefined ? undefined : { secret, key };
}
