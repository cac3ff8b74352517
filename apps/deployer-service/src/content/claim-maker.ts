import type { ObjectId } from '@ushadow/kubernetes';
import type { WantedObject } from './stack-content.ts';

/** The StatefulSet whose template a claim is made of, for one of its replicas. */
export function makerOf(id: ObjectId, objects: readonly WantedObject[]): WantedObject | undefined {
  if (id.kind !== 'PersistentVolumeClaim') return undefined;
  return objects.find(({ object }) => {
    const templates = (object['spec'] as { volumeClaimTemplates?: unknown } | undefined)?.volumeClaimTemplates;
    if (object.kind !== 'StatefulSet' || !Array.isArray(templates)) return false;
    const names = templates.map((each) => (each as { metadata?: { name?: string } }).metadata?.name ?? '');
    return names.some((name) => {
      const prefix = `${name}-${object.metadata.name}-`;
      return id.name.startsWith(prefix) && /^\d+$/.test(id.name.slice(prefix.length));
    });
  });
}
