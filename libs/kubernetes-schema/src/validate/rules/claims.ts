import { parseQuantity } from '@ushadow/kubernetes';
import { isSet, listAt, objectAt } from '../../shape.ts';
import type { TypeRule } from '../type-rule.ts';

const volumeSources = new Set(
  'awsElasticBlockStore azureDisk azureFile cephfs cinder csi fc flexVolume flocker gcePersistentDisk glusterfs hostPath iscsi local nfs photonPersistentDisk portworxVolume quobyte rbd scaleIO storageos vsphereVolume'.split(
    ' ',
  ),
);

export const claimRules: readonly TypeRule[] = [
  {
    rule: 'claim',
    on: ['PersistentVolumeClaimSpec'],
    check({ accessModes, resources }, report) {
      const modes = listAt(accessModes);
      if (modes.length === 0) report('needs at least one access mode', 'accessModes');
      if (modes.length > 1 && modes.includes('ReadWriteOncePod'))
        report('ReadWriteOncePod must stand alone', 'accessModes');
      const size = objectAt(objectAt(resources).requests).storage;
      const amount = isSet(size) ? parseQuantity(String(size)) : undefined;
      if (!isSet(size)) report('is required', 'resources', 'requests', 'storage');
      else if (amount !== undefined && amount <= 0n)
        report('must be greater than 0', 'resources', 'requests', 'storage');
    },
  },
  {
    rule: 'persistent-volume',
    on: ['PersistentVolumeSpec'],
    check(spec, report) {
      const { accessModes, capacity } = spec;
      if (listAt(accessModes).length === 0) report('needs at least one access mode', 'accessModes');
      const size = objectAt(capacity).storage;
      if (!isSet(size)) report('is required', 'capacity', 'storage');
      const sources = Object.keys(spec).filter((field) => isSet(spec[field]) && volumeSources.has(field));
      if (sources.length !== 1) report('must have exactly one kind of volume');
    },
  },
];
