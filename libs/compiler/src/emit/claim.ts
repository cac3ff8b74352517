import type { Store } from '../model/design.ts';
import type { EmitContext } from './emit-context.ts';
import { ANNOTATION_PREFIX, metadata, projectLabels, selectorLabels, userLabels, userAnnotations } from './metadata.ts';
import type { DraftRecord, Sourced } from './sourced.ts';
import { from } from './sourced.ts';

/** A claim that stands by itself; claims of each replica are templates of their StatefulSet. */
export function emitClaim(store: Store, context: EmitContext): Sourced {
  const own = Object.entries(store.labels).filter(([key]) => !key.startsWith('kompose.'));
  const owner = store.users.length === 1 ? context.byName.get(store.users[0] ?? '') : undefined;
  const labels = {
    ...userLabels(Object.fromEntries(own)),
    ...projectLabels(context),
    ...(owner === undefined ? {} : selectorLabels(owner)),
  };
  const annotations = { ...userAnnotations(Object.fromEntries(own)), ...defaultSize(store) };
  return from(store.path, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: metadata(store.name, context, labels, annotations),
    spec: claimSpec(store),
  });
}

export function claimSpec(store: Store): DraftRecord {
  return {
    accessModes: [store.accessMode],
    resources: { requests: { storage: store.size } },
    storageClassName: store.className,
    selector: store.selector === undefined ? undefined : { matchLabels: { 'io.kompose.service': store.selector } },
  };
}

/** Says of a size that nobody asked for it: a claim that is there keeps its own then. */
export function defaultSize({ size, sizeByDefault }: Store): Readonly<Record<string, string>> {
  return sizeByDefault ? { [`${ANNOTATION_PREFIX}default-size`]: size } : {};
}
