import type { CallOptions, KubeObject, ObjectId } from '@ushadow/kubernetes';
import { KubernetesApiError, listAt, objectId, textAt } from '@ushadow/kubernetes';
import type { Failure, FailureCode } from '@ushadow/diagnose';
import type { ClusterPort } from '../cluster.port.ts';

interface ClassNeed {
  readonly by: ObjectId;
  /** Empty: the cluster's default. */
  readonly name: string;
}

interface ClassRule {
  readonly code: FailureCode;
  readonly target: { readonly group: string; readonly version: string; readonly kind: string };
  readonly defaultAnnotation: string;
  readonly needs: (object: KubeObject) => readonly string[];
  readonly remedy: string;
}

const RULES: readonly ClassRule[] = [
  {
    code: 'STORAGE_CLASS_MISSING',
    target: { group: 'storage.k8s.io', version: 'v1', kind: 'StorageClass' },
    defaultAnnotation: 'storageclass.kubernetes.io/is-default-class',
    needs: (object) =>
      object.kind === 'PersistentVolumeClaim'
        ? [textAt(object, ['spec', 'storageClassName'])]
        : listAt(object, ['spec', 'volumeClaimTemplates']).map((claim) => textAt(claim, ['spec', 'storageClassName'])),
    remedy: 'choose a storage class that exists; without one the claim waits for a volume made by hand',
  },
  {
    code: 'INGRESS_NO_CLASS',
    target: { group: 'networking.k8s.io', version: 'v1', kind: 'IngressClass' },
    defaultAnnotation: 'ingressclass.kubernetes.io/is-default-class',
    needs: (object) => (object.kind === 'Ingress' ? [textAt(object, ['spec', 'ingressClassName'])] : []),
    remedy: 'choose an ingress class that exists, or install an ingress controller',
  },
];

/** Warns of storage and ingress classes that the cluster does not have. Asks only when something needs one. */
export async function checkClasses(
  objects: readonly KubeObject[],
  cluster: ClusterPort,
  call: CallOptions,
): Promise<Failure[]> {
  return (await Promise.all(RULES.map((rule) => checkRule(rule, objects, cluster, call)))).flat();
}

async function checkRule(
  rule: ClassRule,
  objects: readonly KubeObject[],
  cluster: ClusterPort,
  call: CallOptions,
): Promise<Failure[]> {
  const needs = objects.flatMap((object): ClassNeed[] =>
    rule.needs(object).map((name) => ({ by: objectId(object), name })),
  );
  if (needs.length === 0) return [];
  const known = await listClasses(rule, cluster, call);
  if (known === undefined) return [];
  const names = [...known.map(({ metadata }) => metadata.name), ...brought(rule, objects)];
  const hasDefault = known.some(({ metadata }) => metadata.annotations?.[rule.defaultAnnotation] === 'true');
  return needs
    .filter(({ name }) => (name === '' ? !hasDefault : !names.includes(name)))
    .map(({ by, name }) => ({
      code: rule.code,
      message: name === '' ? `no ${rule.target.kind} is the default` : `there is no ${rule.target.kind} "${name}"`,
      object: by,
      remedy: rule.remedy,
      evidence: [{ kind: 'response' as const, path: rule.target.kind, value: names.join(', ') || 'none' }],
    }));
}

/** Undefined where reading classes is not permitted: then nothing can be said. */
async function listClasses(
  rule: ClassRule,
  cluster: ClusterPort,
  call: CallOptions,
): Promise<readonly KubeObject[] | undefined> {
  try {
    return (await cluster.list(rule.target, call)).items;
  } catch (error) {
    if (error instanceof KubernetesApiError) return undefined;
    throw error;
  }
}

function brought(rule: ClassRule, objects: readonly KubeObject[]): string[] {
  return objects.filter(({ kind }) => kind === rule.target.kind).map(({ metadata }) => metadata.name);
}
