import { knownImage } from '../images/known-images.ts';
import type { Design, DesignedMount, DesignedService, Store } from '../model/design.ts';
import { copiesOf } from '../storage/copies.ts';
import type { DesignRule } from './rule.ts';

const SHARED_CLASS = 'Use a storage class that supports ReadWriteMany and say so in the storage defaults';

/** Copies of one service on one claim: what comes of it, and what to do, depend on the kind. */
export const copiesShareVolume: DesignRule = (design, { report }) => {
  for (const designed of design.services) {
    const [mount] = singleMounts(designed, design);
    if (mount === undefined || copiesOf(designed) === 'one') continue;
    const params = { service: designed.service.name, target: mount.target };
    if (designed.kind === 'per-node') report('CMP0908', mount.path, { ...params, ...EVERY_NODE });
    else if (knownImage(designed.image)?.database === true) report('CMP0915', mount.path, params);
    else
      report('CMP0908', mount.path, {
        ...params,
        ...(designed.kind === 'run-once' || designed.kind === 'scheduled' ? RUNS : REPLICAS),
      });
  }
};

const EVERY_NODE = {
  what: 'which one node can mount: on the other nodes it does not start',
  remedy: `${SHARED_CLASS}; for data of each node, label the service "kompose.volume.type: hostPath".`,
};
const REPLICAS = {
  what: 'which one node can mount; they all run on that node',
  remedy: `${SHARED_CLASS}, or run it as a StatefulSet whose volume has \`x-ushadow: { per_replica: true }\`.`,
};
const RUNS = { ...REPLICAS, remedy: `${SHARED_CLASS}.` };

function singleMounts({ mounts }: DesignedService, { stores }: Design): readonly DesignedMount[] {
  return mounts.filter(({ source }) => {
    const store = source.kind === 'store' ? stores.find(({ key }) => key === source.store) : undefined;
    return store?.perReplicaOf === undefined && store?.accessMode === 'ReadWriteOnce';
  });
}

/** A claim for one pod that several mount: all but the first wait for ever. */
export const onePodVolumes: DesignRule = (design, { report }) => {
  const isMany = (name: string): boolean =>
    design.services.some((designed) => designed.service.name === name && copiesOf(designed) === 'many');
  const taken = ({ accessMode, perReplicaOf, users }: Store): boolean =>
    accessMode === 'ReadWriteOncePod' && perReplicaOf === undefined && (users.length > 1 || users.some(isMany));
  for (const { name, path, users } of design.stores.filter(taken))
    report('CMP0916', path, { volume: name, services: users.join(', ') });
};
