import type { KubeObject, ObjectId } from '@ushadow/kubernetes';
import { dnsLabel, listAt, objectId, objectKey } from '@ushadow/kubernetes';
import type { Settings } from '../deploy-options.ts';
import { PROTECTED_KINDS } from '../prune/protected-kinds.ts';
import { specOf, withSpec } from './fit/fit.ts';
import { changesAddress } from './fit/service-address.ts';

/** Unless everything or nothing may be: what loses nothing by it that is still wanted. */
export function mayRecreate(
  desired: KubeObject,
  live: KubeObject | undefined,
  { recreate }: Pick<Settings, 'recreate'>,
): boolean {
  const id = objectId(desired);
  if (PROTECTED_KINDS.has(id.kind)) return false;
  if (recreate === 'jobs') return id.kind === 'Job' || changesAddress(desired, live);
  if (typeof recreate === 'string') return recreate === 'all';
  return isNamed(id, recreate);
}

function isNamed(id: ObjectId, ids: readonly ObjectId[]): boolean {
  return ids.some((other) => objectKey(other) === objectKey(id));
}

/** The same under another name, to ask whether it would be taken; without what the old one still holds. */
export function probeOf(desired: KubeObject): KubeObject {
  const metadata = { ...desired.metadata, name: dnsLabel(`${desired.metadata.name}-ushadow-probe`) };
  return { ...(desired.kind === 'Service' ? withoutGiven(desired) : desired), metadata };
}

function withoutGiven(service: KubeObject): KubeObject {
  const { clusterIP } = specOf(service);
  const ports = listAt(service, ['spec', 'ports']).map(({ nodePort: _given, ...port }) => port);
  return withSpec(service, {
    clusterIP: clusterIP === 'None' ? clusterIP : undefined,
    clusterIPs: undefined,
    healthCheckNodePort: undefined,
    ports: ports.length === 0 ? undefined : ports,
  });
}
