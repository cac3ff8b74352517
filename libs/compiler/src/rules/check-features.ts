import type { JsonObject } from '@ushadow/kubernetes';
import { podTemplateOf } from '@ushadow/kubernetes';
import type { Report } from '../diagnostics/reporter.ts';
import type { EmittedObject } from '../emit/emit-objects.ts';
import type { TargetVersion } from '@ushadow/kubernetes-schema';
import { objectAt, objectsIn } from '@ushadow/kubernetes-schema';
import { nearestSource } from './nearest-source.ts';

/** A field of a pod that came after 1.24, and whose absence a cluster does not forgive. */
interface Feature {
  readonly what: string;
  /** Minor release whose API has the field. */
  readonly since: number;
  /** Minor release from which it works without a feature gate. */
  readonly onSince: number;
  /** Pointers below the pod's spec. */
  readonly uses: (pod: JsonObject) => readonly string[];
}

const FEATURES: readonly Feature[] = [
  {
    what: 'volumes that are images',
    since: 31,
    onSince: 35,
    uses: (pod) => itemsWith(pod, 'volumes', ({ image }) => image !== undefined, '/image'),
  },
  {
    what: 'sidecars that start before the others',
    since: 28,
    onSince: 29,
    uses: (pod) => itemsWith(pod, 'initContainers', (item) => item['restartPolicy'] === 'Always', '/restartPolicy'),
  },
  {
    what: 'user namespaces of pods',
    since: 25,
    onSince: 33,
    uses: ({ hostUsers }) => (hostUsers === false ? ['/hostUsers'] : []),
  },
  { what: 'AppArmor profiles as a field', since: 30, onSince: 30, uses: (pod) => secured(pod, 'appArmorProfile') },
  { what: 'an unmasked /proc', since: 12, onSince: 33, uses: (pod) => secured(pod, 'procMount') },
];

/** What the cluster's release does not have, or has switched off, said before it is sent. */
export function checkFeatures(emitted: readonly EmittedObject[], { minor }: TargetVersion, report: Report): void {
  if (minor === undefined) return;
  for (const item of emitted) {
    const pod = podTemplateOf(item.object);
    if (pod === undefined) continue;
    const spec = objectAt(pod.template['spec']);
    for (const { what, since, onSince, uses } of FEATURES.filter(({ onSince: on }) => minor < on)) {
      for (const pointer of uses(spec)) {
        const params = { what, version: `1.${String(minor)}`, since: `1.${String(onSince)}` };
        report(
          minor < since ? 'CMP1212' : 'CMP1213',
          item.patchedBy ?? nearestSource(item, `${pod.pointer}/spec${pointer}`),
          params,
        );
      }
    }
  }
}

function itemsWith(pod: JsonObject, list: string, fits: (item: JsonObject) => boolean, below: string): string[] {
  return objectsIn(pod[list]).flatMap(([index, item]) => (fits(item) ? [`/${list}/${String(index)}${below}`] : []));
}

function secured(pod: JsonObject, field: string): readonly string[] {
  return ['containers', 'initContainers'].flatMap((list) =>
    itemsWith(pod, list, (item) => objectAt(item['securityContext'])[field] !== undefined, `/securityContext/${field}`),
  );
}
