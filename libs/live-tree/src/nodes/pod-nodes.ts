import type { TreeNodeData } from '@ushadow/contracts';
import type { JsonObject, KubeObject } from '@ushadow/kubernetes';
import { isJsonObject, listAt, numberAt, textAt, valueAt } from '@ushadow/kubernetes';
import type { Entry } from '../tree/entry.ts';
import { count } from '../tree/tally.ts';
import type { SeenContainer } from '../words/container-words.ts';
import { judgeContainer, lastExitOf } from '../words/container-words.ts';
import type { SeenPod } from '../words/pod-words.ts';
import type { Surroundings } from './surroundings.ts';
import { objectFields, withRemark } from './surroundings.ts';

/** A pod and its containers. */
export function podNodes(
  entry: Entry,
  pod: KubeObject,
  { containers, judged: { health, message } }: SeenPod,
  around: Surroundings,
): TreeNodeData[] {
  const lasting = containers.filter(({ role }) => role === 'main' || role === 'sidecar');
  return [
    {
      type: 'pod',
      ...objectFields(entry, pod, around),
      ...withRemark({ health, message }, entry),
      phase: textAt(pod, ['status', 'phase']) || 'Unknown',
      node: textAt(pod, ['spec', 'nodeName']) || null,
      ip: textAt(pod, ['status', 'podIP']) || null,
      restarts: count(entry.seen.tally, 'restarts'),
      containers: lasting.length,
      containers_ready: lasting.filter(({ status }) => status['ready'] === true).length,
      claims: listAt(pod, ['spec', 'volumes'])
        .map((volume) => textAt(volume, ['persistentVolumeClaim', 'claimName']))
        .filter((claim) => claim !== ''),
    },
    ...containers.map((container) => containerNode(entry.seen.id, container)),
  ];
}

function containerNode(pod: string, container: SeenContainer): TreeNodeData {
  const { name, role, spec, status } = container;
  const { health, message } = judgeContainer(container);
  return {
    type: 'container',
    id: `${pod}#${name}`,
    parent: pod,
    name,
    health,
    message,
    role,
    image: textAt(spec, ['image']),
    digest: /sha256:[0-9a-f]{64}$/.exec(textAt(status, ['imageID']))?.[0] ?? null,
    ...stateOf(status),
    restarts: numberAt(status, ['restartCount']),
    last_exit: lastExitOf(status) ?? null,
  };
}

const STATES = [
  ['running', 'startedAt'],
  ['terminated', 'finishedAt'],
  ['waiting', ''],
] as const;

function stateOf(status: JsonObject) {
  for (const [state, since] of STATES) {
    const found = valueAt(status, ['state', state]);
    if (isJsonObject(found)) return { state, since: textAt(found, [since]) || null };
  }
  return { state: 'unknown', since: null } as const;
}
