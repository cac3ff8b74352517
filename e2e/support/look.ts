import type { TestCluster } from '@ushadow/testing';

/** An object as it was seen, without what controllers write. */
export interface Seen {
  readonly uid: string;
  /** Of a kind that no controller writes to; else empty. */
  readonly version: string;
  /** Id of the stack that it is marked as the one of; null where it bears no mark. */
  readonly owner: string | null;
  readonly tells: string;
  readonly text: string;
}

export const RESOURCES: Readonly<Record<string, readonly [path: string, kind: string]>> = {
  configmaps: ['/api/v1', 'ConfigMap'],
  secrets: ['/api/v1', 'Secret'],
  services: ['/api/v1', 'Service'],
  serviceaccounts: ['/api/v1', 'ServiceAccount'],
  persistentvolumeclaims: ['/api/v1', 'PersistentVolumeClaim'],
  deployments: ['/apis/apps/v1', 'Deployment'],
  statefulsets: ['/apis/apps/v1', 'StatefulSet'],
  jobs: ['/apis/batch/v1', 'Job'],
  ingresses: ['/apis/networking.k8s.io/v1', 'Ingress'],
  networkpolicies: ['/apis/networking.k8s.io/v1', 'NetworkPolicy'],
};

const WRITTEN_BY_CONTROLLERS = new Set(['PersistentVolumeClaim', 'Deployment', 'StatefulSet', 'Job']);

/** Kubernetes puts these into every namespace. */
const EVERYWHERE = new Set(['ConfigMap/kube-root-ca.crt', 'ServiceAccount/default']);

interface LiveObject {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly deletionTimestamp?: string;
    readonly labels?: unknown;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly ownerReferences?: unknown;
  };
  readonly spec?: {
    readonly replicas?: number;
    readonly template?: { readonly spec?: { readonly containers?: readonly { readonly image?: string }[] } };
  };
  readonly data?: Readonly<Record<string, string>>;
}

/** All that Compose files can become in a namespace, by `Kind/name`. */
export async function lookAt({ api }: TestCluster, namespace: string): Promise<Map<string, Seen>> {
  const lists = await Promise.all(
    Object.entries(RESOURCES).map(async ([resource, [path, kind]]) => {
      const { status, body } = await api.get(`${path}/namespaces/${namespace}/${resource}`);
      if (status !== 200) throw new Error(`${resource} in ${namespace}: ${String(status)}`);
      return (body as { items: readonly LiveObject[] }).items
        .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
        .map((object) => [`${kind}/${object.metadata.name}`, seen(kind, object)] as const);
    }),
  );
  return new Map(lists.flat().filter(([key]) => !EVERYWHERE.has(key)));
}

function seen(kind: string, object: LiveObject): Seen {
  const { uid, labels, annotations, ownerReferences, resourceVersion } = object.metadata;
  const mark = annotations?.['ushadow.io/owner'];
  const owner = mark === undefined ? null : (JSON.parse(mark) as { stack: string }).stack;
  const { spec, data } = object;
  return {
    uid,
    version: WRITTEN_BY_CONTROLLERS.has(kind) ? '' : resourceVersion,
    owner,
    tells: tellsOf(kind, object),
    text: JSON.stringify({ labels, annotations, ownerReferences, spec, data }),
  };
}

function tellsOf(kind: string, { spec, data = {} }: LiveObject): string {
  const image = spec?.template?.spec?.containers?.[0]?.image;
  if (image !== undefined) return `${image} x${spec?.replicas ?? 1}`;
  return Object.entries(data)
    .map(([name, value]) => `${name}=${kind === 'Secret' ? Buffer.from(value, 'base64').toString() : value}`)
    .join(' ');
}
