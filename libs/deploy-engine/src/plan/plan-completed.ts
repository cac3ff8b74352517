import type { CallOptions, KubeObject, ObjectId } from '@ushadow/kubernetes';
import { objectId, objectKey } from '@ushadow/kubernetes';
import type { ClusterPort } from '../cluster.port.ts';
import type { Settings } from '../deploy-options.ts';
import { claimOn } from '../ownership/claim.ts';
import { digest } from './plan-hash.ts';
import type { PlannedObject } from '../apply/plan-object.ts';
import type { ReadLive } from '../apply/read-live.ts';
import { readOne } from '../apply/read-live.ts';

/** Only a Job can have run to completion. */
export function isCompleted(id: ObjectId, { completed = [] }: Pick<Settings, 'completed'>): boolean {
  return id.kind === 'Job' && completed.some((other) => objectKey(other) === objectKey(id));
}

/** A Job that has done its work is not asked about: whatever is there stays, and is ours only where it was. */
export async function planCompleted(
  desired: KubeObject,
  cluster: ClusterPort,
  settings: Settings,
  call: CallOptions,
  readLive: ReadLive,
): Promise<PlannedObject> {
  const id = objectId(desired);
  const first = await readLive(id);
  const { live } = first.live === undefined && !first.isCertain ? await readOne(id, cluster, call) : first;
  const claim = live === undefined ? undefined : claimOn(live, settings);
  const ours = claim?.may === true && !claim.adopts ? live : undefined;
  const uid = ours?.metadata.uid;
  return {
    entry: {
      object: id,
      action: 'unchanged',
      changes: [],
      ...(uid === undefined ? {} : { uid }),
      desiredDigest: digest(settings.digestKey, desired),
      changeDigest: digest(settings.digestKey, null),
      verified: true,
      warnings: [],
    },
    live: ours,
    body: desired,
    problem: undefined,
    unreachable: undefined,
  };
}
