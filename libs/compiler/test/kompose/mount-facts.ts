import { parseQuantity } from '@ushadow/kubernetes';
import type { JsonObject, KubeObject } from '@ushadow/kubernetes';
import { objectAt, objectsIn, textAt } from '@ushadow/kubernetes-schema';
import { dataOf } from './read-cluster.ts';
import type { Unit } from './read-cluster.ts';

type Facts = Map<string, unknown>;

const modeOf = (...modes: unknown[]): unknown => modes.find((mode) => mode !== undefined) ?? 0o644;

/** Files of a ConfigMap or Secret as a volume shows them: path → text and mode. */
function filesOf(
  objects: readonly KubeObject[],
  kind: 'ConfigMap' | 'Secret',
  source: JsonObject,
  mode: unknown,
): [string, unknown][] {
  const data = dataOf(objects, kind, textAt(source.secretName) ?? source.name);
  const items = objectsIn(source.items).map(([, item]) => item);
  if (items.length === 0)
    return Object.entries(data).map(([key, text]) => [key, { text, mode: modeOf(source.defaultMode, mode) }]);
  return items.map((item) => [
    String(item.path),
    { text: data[String(item.key)], mode: modeOf(item.mode, source.defaultMode, mode) },
  ]);
}

function volumeFiles(objects: readonly KubeObject[], volume: JsonObject): [string, unknown][] | undefined {
  if (volume.configMap) return filesOf(objects, 'ConfigMap', objectAt(volume.configMap), undefined);
  if (volume.secret) return filesOf(objects, 'Secret', objectAt(volume.secret), undefined);
  if (!volume.projected) return undefined;
  const { sources, defaultMode } = objectAt(volume.projected);
  return objectsIn(sources).flatMap(([, source]) => [
    ...(source.configMap ? filesOf(objects, 'ConfigMap', objectAt(source.configMap), defaultMode) : []),
    ...(source.secret ? filesOf(objects, 'Secret', objectAt(source.secret), defaultMode) : []),
  ]);
}

function claimFact(objects: readonly KubeObject[], unit: Unit, mount: JsonObject, volume: JsonObject): unknown {
  const template = objectsIn(objectAt(unit.workload.spec).volumeClaimTemplates).find(
    ([, t]) => objectAt(t.metadata).name === mount.name,
  )?.[1];
  const name = objectAt(volume.persistentVolumeClaim).claimName;
  const claim = objectAt(
    template ?? objects.find((o) => o.kind === 'PersistentVolumeClaim' && o.metadata.name === name),
  );
  const spec = objectAt(claim.spec);
  const size = objectAt(objectAt(spec.resources).requests).storage;
  return {
    claim: true,
    modes: spec.accessModes ?? ['ReadWriteOnce'],
    class: spec.storageClassName ?? null,
    // What kompose asks for when the input names no size.
    size: size === undefined || size === '100Mi' || size === '1Gi' ? 'default' : String(parseQuantity(String(size))),
    selector: objectAt(spec.selector).matchLabels ?? null,
    subPath: mount.subPath ?? null,
  };
}

/** path in the container → what is there. Files of ConfigMaps and Secrets count one by one. */
export function addMountFacts(facts: Facts, prefix: string, objects: readonly KubeObject[], unit: Unit): void {
  const volumes = new Map(objectsIn(unit.pod.volumes).map(([, volume]) => [volume.name, volume]));
  for (const [, mount] of objectsIn(unit.container.volumeMounts)) {
    const volume = volumes.get(mount.name) ?? {};
    const at = String(mount.mountPath).replace(/\/$/, '');
    const files = volumeFiles(objects, volume);
    if (files && mount.subPath !== undefined)
      facts.set(`${prefix} file ${at}`, files.find(([path]) => path === mount.subPath)?.[1]);
    else if (files) for (const [path, file] of files) facts.set(`${prefix} file ${at}/${path}`, file);
    else
      facts.set(`${prefix} mount ${at}`, {
        ...otherFact(objects, unit, mount, volume),
        readOnly: mount.readOnly === true,
      });
  }
}

function otherFact(objects: readonly KubeObject[], unit: Unit, mount: JsonObject, volume: JsonObject): object {
  if (volume.emptyDir) return { emptyDir: objectAt(volume.emptyDir) };
  if (volume.hostPath) return { hostPath: objectAt(volume.hostPath).path };
  return claimFact(objects, unit, mount, volume) as object;
}
