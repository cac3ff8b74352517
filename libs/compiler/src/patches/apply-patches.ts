import { groupBy } from '@ushadow/kubernetes';
import type { ComposeProject } from '@ushadow/compose';
import type { Report } from '../diagnostics/reporter.ts';
import type { EmittedObject } from '../emit/emit-objects.ts';
import type { EmitContext } from '../emit/emit-context.ts';
import type { KubeVersion } from '@ushadow/kubernetes-schema';
import { jsonPatch, strategicMerge } from '@ushadow/kubernetes-schema';
import type { ObjectPatch } from './read-patches.ts';
import { patchedSources } from './patched-sources.ts';
import { readPatches } from './read-patches.ts';

/** The objects with the patches of `x-k8s` applied; what is patched says so in its source map. */
export function applyPatches(
  emitted: readonly EmittedObject[],
  project: ComposeProject,
  context: EmitContext,
  version: KubeVersion,
  report: Report,
): readonly EmittedObject[] {
  const services = context.design.services.map(({ service }) => service.name);
  const patched = [...emitted];
  const ofKind = groupBy(patched.keys(), (index) => patched[index]?.object.kind);
  for (const patch of readPatches(project, services)) {
    let isMet = false;
    // A patch cannot change the kind of an object.
    for (const index of ofKind.get(patch.kind) ?? []) {
      const item = patched[index];
      if (item === undefined || !isTarget(item, patch, context)) continue;
      isMet = true;
      patched[index] = applyOne(item, patch, version, report);
    }
    if (!isMet) report('CMP1111', patch.path, { target: targetText(patch) });
  }
  return patched;
}

function isTarget({ object }: EmittedObject, patch: ObjectPatch, { byName }: EmitContext): boolean {
  if (object.kind !== patch.kind || (patch.name !== undefined && object.metadata.name !== patch.name)) return false;
  if (patch.service === undefined) return true;
  const name = byName.get(patch.service)?.name;
  // A service's own object is meant, not one that only belongs to it, unless it is named.
  return (
    object.metadata.labels?.['app.kubernetes.io/name'] === name &&
    (patch.name !== undefined || OWN.has(object.kind) || object.metadata.name === name)
  );
}

/** Kinds whose objects are not called like their service. */
const OWN = new Set(['ConfigMap', 'Secret', 'PersistentVolumeClaim']);

function applyOne(item: EmittedObject, patch: ObjectPatch, version: KubeVersion, report: Report): EmittedObject {
  const { change } = patch;
  const result =
    'merge' in change ? strategicMerge(item.object, change.merge, version) : jsonPatch(item.object, change.operations);
  if (!result.ok) {
    report('CMP1112', patch.path + result.pointer, { target: targetText(patch), reason: result.message });
    return item;
  }
  const { kind, metadata } = result.object;
  if (
    kind !== item.object.kind ||
    metadata.name !== item.object.metadata.name ||
    metadata.namespace !== item.object.metadata.namespace
  ) {
    report('CMP1112', patch.path, {
      target: targetText(patch),
      reason: 'it would change the kind, name or namespace of the object',
    });
    return item;
  }
  const sources = [...item.sources, ...patchedSources(item.object, result.object, patch)];
  return { ...item, object: result.object, sources, patchedBy: patch.path };
}

function targetText({ kind, name }: ObjectPatch): string {
  return name === undefined ? kind : `${kind}/${name}`;
}
