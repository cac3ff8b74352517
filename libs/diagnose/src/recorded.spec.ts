import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { ClusterView } from './cluster-view.ts';
import { diagnoseObject } from './diagnose-object.ts';
import type { Finding } from './finding.ts';

/** What a kubelet 1.37 with containerd has really written of pods that were made to fail. */
interface Recorded {
  readonly name: string;
  readonly code: string;
  /** What is known of it when every event is lost. */
  readonly silent: string;
  readonly spec: object;
  readonly status: object;
  readonly events: readonly {
    readonly reason: string;
    readonly message: string;
    readonly count: number;
    readonly fieldPath?: string;
  }[];
}

const file = new URL('../test/recorded/kubelet-1.37.json', import.meta.url);
const RECORDED = JSON.parse(readFileSync(file, 'utf8')) as readonly Recorded[];

function find({ name, spec, status, events }: Recorded): Finding[] {
  const view = new ClusterView();
  const metadata = { name, namespace: 'shop', uid: name };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata, spec, status } as unknown as KubeObject;
  view.put(pod);
  events.forEach(({ fieldPath = '', ...event }, index) =>
    view.put({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `${name}.${index}`, namespace: 'shop' },
      involvedObject: { uid: name, fieldPath },
      ...event,
    }),
  );
  const context = {
    view,
    logs: { linesOf: () => undefined },
    writtenAt: 0,
    podSpecPath: 'spec',
    brought: () => undefined,
  };
  return diagnoseObject(pod, context).sort((a, b) => a.rank - b.rank);
}

describe('what a real kubelet writes', () => {
  it.each(RECORDED)('of $name is $code, with a reason that is fit to read', (recorded) => {
    const [first] = find(recorded);
    expect(first?.code).toBe(recorded.code);
    expect(first?.message).not.toMatch(/undefined|rpc error|OCI runtime/);
    expect(first?.evidence.some(({ kind }) => kind === 'event')).toBe(recorded.code !== 'UNSCHEDULABLE');
  });

  it.each(RECORDED)('of $name is $silent when every event is lost', (recorded) => {
    expect(find({ ...recorded, events: [] })[0]?.code).toBe(recorded.silent);
  });
});
