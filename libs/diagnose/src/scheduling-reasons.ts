import { formatQuantity, listAt, parseQuantity, textAt } from '@ushadow/kubernetes';
import type { KubeObject } from '@ushadow/kubernetes';

/** One thing the scheduler has against the nodes. */
export interface SchedulingReason {
  /** `2 Insufficient cpu`. */
  readonly text: string;
  readonly remedy: string;
  /** What to change, as a path in the pod spec. */
  readonly field: string;
}

interface ReasonRow {
  readonly text: RegExp;
  readonly remedy: (match: RegExpExecArray, pod: KubeObject) => string;
  readonly field: (match: RegExpExecArray, pod: KubeObject) => string;
}

/** Texts of kube-scheduler's own plug-ins. */
const ROWS: readonly ReasonRow[] = [
  {
    text: /Insufficient (\S+)/,
    remedy: ([, resource = ''], pod) => `ask for less ${resource} (now ${askedFor(resource, pod)}), or add a node`,
    field: ([, resource = ''], pod) => requestField(resource, pod),
  },
  {
    text: /didn't match Pod's node affinity\/selector/,
    remedy: () => 'change the node selector or placement constraints, or label a node accordingly',
    field: (_, pod) => (textAt(pod, ['spec', 'nodeName']) === '' ? 'nodeSelector' : 'nodeName'),
  },
  {
    text: /untolerated taint/,
    remedy: () => 'tolerate the taint, or remove it from a node',
    field: () => 'tolerations',
  },
  {
    text: /didn't have free ports/,
    remedy: () => 'use another port of the node, fewer replicas, or add a node',
    field: (_, pod) => hostPortField(pod),
  },
  {
    text: /didn't match pod (anti-)?affinity rules|didn't satisfy existing pods anti-affinity/,
    remedy: () => 'relax the rule about other pods, or add a node',
    field: () => 'affinity',
  },
  {
    text: /didn't match pod topology spread constraints/,
    remedy: () => 'relax the spread, or add nodes',
    field: () => 'topologySpreadConstraints',
  },
  {
    text: /volume node affinity conflict|no available volume zone|exceed max volume count|available persistent volumes to bind/,
    remedy: () => 'the volume is on, or only fits, other nodes: free it, or choose nodes that can have it',
    field: () => 'volumes',
  },
  { text: /Too many pods/, remedy: () => 'the nodes are full of pods: remove some, or add a node', field: () => '' },
  { text: /were unschedulable/, remedy: () => 'uncordon a node', field: () => '' },
];

/** `0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint {…}.`, taken apart. */
export function readSchedulingReasons(message: string, pod: KubeObject): SchedulingReason[] {
  const [, list = ''] = /nodes are available: (.*?)(?:\. (?:no new claims|preemption)|\.?$)/s.exec(message) ?? [];
  return list.split(/, (?=\d)/).flatMap((part) => {
    const text = part.trim().replace(/\.$/, '');
    if (text === '') return [];
    for (const row of ROWS) {
      const match = row.text.exec(text);
      if (match !== null) return [{ text, remedy: row.remedy(match, pod), field: row.field(match, pod) }];
    }
    return [{ text, remedy: 'ask for less, change where it may run, or add a node', field: '' }];
  });
}

function askedFor(resource: string, pod: KubeObject): string {
  const requests = listAt(pod, ['spec', 'containers']).map((container) =>
    parseQuantity(textAt(container, ['resources', 'requests', resource])),
  );
  const sum = requests.reduce<bigint>((total, value) => total + (value ?? 0n), 0n);
  return formatQuantity(sum, resource === 'cpu' ? 'decimal' : 'binary');
}

/** The container that asks for most of it. */
function requestField(resource: string, pod: KubeObject): string {
  const asked = listAt(pod, ['spec', 'containers']).map((container) => ({
    name: textAt(container, ['name']),
    value: parseQuantity(textAt(container, ['resources', 'requests', resource])) ?? 0n,
  }));
  const [most] = asked.sort((a, b) => (a.value < b.value ? 1 : a.value > b.value ? -1 : 0));
  return most === undefined ? '' : `containers[name="${most.name}"].resources.requests[${resource}]`;
}

function hostPortField(pod: KubeObject): string {
  for (const container of listAt(pod, ['spec', 'containers'])) {
    const at = listAt(container, ['ports']).findIndex((port) => typeof port['hostPort'] === 'number');
    if (at >= 0) return `containers[name="${textAt(container, ['name'])}"].ports[${at}]`;
  }
  return 'hostNetwork';
}
