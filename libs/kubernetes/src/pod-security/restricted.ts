import type { JsonValue } from '../json.ts';
import { added, unmasked, word } from './baseline.ts';
import type { Control } from './control.ts';
import type { Part, PodParts } from './pod-parts.ts';
import { objectIn, partsIn } from './pod-parts.ts';

const VOLUMES = [
  ...['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected'],
  'secret',
] as const;
const PROFILES: ReadonlySet<JsonValue | undefined> = new Set(['RuntimeDefault', 'Localhost']);

/** What the level `restricted` forbids beside what `baseline` does, as of Kubernetes 1.37. */
export const RESTRICTED: readonly Control[] = [
  {
    name: 'restrictedVolumes',
    find: ({ spec }) =>
      partsIn(spec['volumes'], '/spec/volumes')
        .filter(({ value }) => !VOLUMES.some((type) => value[type] !== undefined && value[type] !== null))
        .map(({ value, at }) => ({ pointer: at, what: `volume ${word(value['name'])}` })),
  },
  {
    name: 'allowPrivilegeEscalation',
    find: (pod) =>
      pod.windows
        ? []
        : ofContainers(pod)
            .filter(({ value }) => value['allowPrivilegeEscalation'] !== false)
            .map(({ at }) => ({ pointer: `${at}/allowPrivilegeEscalation`, what: 'privilege escalation' })),
  },
  {
    name: 'runAsNonRoot',
    find: (pod) => (pod.ownUsers ? [] : lacking(pod, 'runAsNonRoot', (value) => value === true, 'may run as root')),
  },
  {
    name: 'runAsUser',
    find: ({ contexts, ownUsers }) =>
      contexts
        .filter(({ value }) => !ownUsers && value['runAsUser'] === 0)
        .map(({ at }) => ({ pointer: `${at}/runAsUser`, what: 'runs as root' })),
  },
  {
    name: 'seccompProfile',
    find: (pod) =>
      pod.windows
        ? []
        : lacking(pod, 'seccompProfile', (value) => PROFILES.has(objectIn(value)['type']), 'no seccomp profile'),
  },
  { name: 'procMount', find: unmasked },
  {
    name: 'capabilities',
    find: (pod) =>
      pod.windows
        ? []
        : ofContainers(pod).flatMap(({ value, at }) => {
            const { drop } = objectIn(value['capabilities']);
            const drops = Array.isArray(drop) && (drop as readonly JsonValue[]).includes('ALL');
            return [
              ...(drops ? [] : [{ pointer: `${at}/capabilities/drop`, what: 'capabilities that are not dropped' }]),
              ...added(value).flatMap((name, index) =>
                name === 'NET_BIND_SERVICE'
                  ? []
                  : [{ pointer: `${at}/capabilities/add/${index}`, what: `capability ${word(name)}` }],
              ),
            ];
          }),
  },
];

function ofContainers({ contexts }: PodParts): readonly Part[] {
  return contexts.slice(1);
}

/** What has to be said of every container, by itself or by the pod, and nowhere otherwise. */
function lacking(
  { contexts: [pod, ...containers] }: PodParts,
  field: string,
  isFine: (value: JsonValue) => boolean,
  what: string,
): ReturnType<Control['find']> {
  const ofPod = pod?.value[field] ?? null;
  const wrongPod = ofPod !== null && !isFine(ofPod) ? [pod].filter((part) => part !== undefined) : [];
  const wrong = containers.filter(({ value }) => {
    const own = value[field] ?? null;
    return own === null ? ofPod === null || !isFine(ofPod) : !isFine(own);
  });
  return [...wrongPod, ...wrong].map(({ at }) => ({ pointer: `${at}/${field}`, what }));
}
