import type { ApiClient } from './api-client.ts';

/** Nodes that carry it are KWOK's to play. */
export const KWOK_ANNOTATION = 'kwok.x-k8s.io/node';

const FIELD_MANAGER = 'ushadow-sandbox';
const CAPACITY = { cpu: '32', memory: '256Gi', pods: '1000' };

type SeedObject = { readonly path: string; readonly object: Readonly<Record<string, unknown>> };

/** Puts simulated nodes, the default StorageClass and static volumes into an empty cluster; again changes nothing. */
export async function seedObjects(
  api: ApiClient,
  { nodes, volumes }: { nodes: number; volumes: number },
): Promise<void> {
  const objects = [...range(nodes).map(node), storageClass, ...range(volumes).map(volume)];
  await Promise.all(objects.map((each) => api.apply(each.path, each.object, FIELD_MANAGER)));
}

const storageClass: SeedObject = {
  path: '/apis/storage.k8s.io/v1/storageclasses/standard',
  object: {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'kubernetes.io/no-provisioner',
    volumeBindingMode: 'Immediate',
    reclaimPolicy: 'Retain',
  },
};

function node(index: number): SeedObject {
  const name = `sandbox-${index}`;
  return {
    path: `/api/v1/nodes/${name}`,
    object: {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name,
        annotations: { [KWOK_ANNOTATION]: 'fake' },
        labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64' },
      },
      // Set on creation: the API server keeps it, and the scheduler counts with it before KWOK has looked.
      status: { allocatable: CAPACITY, capacity: CAPACITY },
    },
  };
}

function volume(index: number): SeedObject {
  const name = `sandbox-${index}`;
  return {
    path: `/api/v1/persistentvolumes/${name}`,
    object: {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name },
      spec: {
        capacity: { storage: '100Gi' },
        accessModes: ['ReadWriteOnce', 'ReadWriteMany'],
        storageClassName: 'standard',
        persistentVolumeReclaimPolicy: 'Retain',
        hostPath: { path: `/var/lib/ushadow-sandbox/${name}`, type: 'DirectoryOrCreate' },
      },
    },
  };
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
