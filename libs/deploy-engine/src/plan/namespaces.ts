import type { KubeObject, ObjectId } from '@ushadow/kubernetes';

export function namespaceId(name: string): ObjectId {
  return { group: '', version: 'v1', kind: 'Namespace', name };
}

/** Namespaces that objects live in but that are not objects of the deployment themselves. */
export function namespacesToProvide(objects: readonly KubeObject[]): string[] {
  const used = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []));
  for (const { kind, metadata } of objects) if (kind === 'Namespace') used.delete(metadata.name);
  return [...used].sort();
}

/** A namespace made on the way: it carries nothing but a label that says who made it. */
export function newNamespace(name: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'app.kubernetes.io/managed-by': 'ushadow' } },
  };
}
