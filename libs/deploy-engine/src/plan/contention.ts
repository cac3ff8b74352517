import type { JsonObject, KubeObject, ObjectId } from '@ushadow/kubernetes';
import { listAt, objectId, objectKey, podSpecOf, textAt, valueAt } from '@ushadow/kubernetes';
import { isClaimOf } from '../ownership/template-claims.ts';

/**
 * Why the pods of a workload that is no longer wanted cannot run beside those of one that is: only one of the two can have
 * it. Undefined where they can, as where both have had the same until now.
 *
 * @param live the wanted one as it is there
 * @param claims the claims that are wanted, for their access modes
 */
export function contention(
  unwanted: KubeObject,
  wanted: KubeObject,
  live: KubeObject | undefined,
  claims: readonly KubeObject[],
): string | undefined {
  if (podSpecOf(unwanted) === undefined || podSpecOf(wanted) === undefined) return undefined;
  if (unwanted.metadata.namespace !== wanted.metadata.namespace) return undefined;
  const shared = claimNames(wanted).find(
    (name) => mounts(unwanted, name) && !isForMany(name, claims) && !(live !== undefined && mounts(live, name)),
  );
  if (shared !== undefined) return `both mount the claim ${shared}`;
  const port = hostPorts(wanted).find((each) => hostPorts(unwanted).includes(each) && !hostPorts(live).includes(each));
  if (port !== undefined) return `both take the node’s port ${port}`;
  const isAlone = isNameOf(unwanted, wanted) && (isStandalone(unwanted) || isStandalone(wanted));
  return isAlone ? 'two of its pods cannot run at once' : undefined;
}

function claimNames(workload: KubeObject): string[] {
  const mounted = listAt(podSpecOf(workload), ['volumes'])
    .map((volume) => textAt(volume, ['persistentVolumeClaim', 'claimName']))
    .filter((name) => name !== '');
  const { name } = workload.metadata;
  const templates = listAt(workload, ['spec', 'volumeClaimTemplates']);
  return [...mounted, ...templates.map((template) => `${textAt(template, ['metadata', 'name'])}-${name}-0`)];
}

function mounts(workload: KubeObject, claim: string): boolean {
  const { namespace } = workload.metadata;
  const id: ObjectId = {
    group: '',
    version: 'v1',
    kind: 'PersistentVolumeClaim',
    name: claim,
    ...(namespace === undefined ? {} : { namespace }),
  };
  return claimNames(workload).includes(claim) || isClaimOf(id, workload);
}

function isForMany(name: string, claims: readonly KubeObject[]): boolean {
  const modes = valueAt(
    claims.find(({ metadata }) => metadata.name === name),
    ['spec', 'accessModes'],
  );
  return Array.isArray(modes) && modes.some((mode) => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany');
}

function hostPorts(workload: KubeObject | undefined): string[] {
  const spec = workload === undefined ? undefined : podSpecOf(workload);
  const isOfHost = valueAt(spec, ['hostNetwork']) === true;
  const ports = ['initContainers', 'containers']
    .flatMap((list) => listAt(spec, [list]))
    .flatMap((each) => listAt(each, ['ports']));
  return ports.flatMap((port: JsonObject) => {
    const number = port['hostPort'] ?? (isOfHost ? port['containerPort'] : undefined);
    return typeof number === 'number' ? [`${number}/${textAt(port, ['protocol']) || 'TCP'}`] : [];
  });
}

function isNameOf(a: KubeObject, b: KubeObject): boolean {
  return a.metadata.name === b.metadata.name && objectKey(objectId(a)) !== objectKey(objectId(b));
}

/** It never runs two of its own pods at once, for whatever reason. */
function isStandalone({ kind, ...rest }: KubeObject): boolean {
  return kind === 'Deployment' && valueAt(rest, ['spec', 'strategy', 'type']) === 'Recreate';
}
