import { describe, expect, it } from '@jest/globals';
import type { JsonObject, KubeObject } from '@ushadow/kubernetes';
import fc from 'fast-check';
import { contention } from './contention.ts';

const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'] as const;

function workload(kind: string, name: string, podSpec: JsonObject, spec: JsonObject = {}): KubeObject {
  const template = { spec: podSpec };
  const inner = kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { template };
  return { apiVersion: 'x/v1', kind, metadata: { name, namespace: 'n' }, spec: { ...inner, ...spec } };
}

const mounting = (claimName: string): JsonObject => ({
  volumes: [{ name: 'v', persistentVolumeClaim: { claimName } }],
});
const claim = (name: string, mode: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace: 'n' },
  spec: { accessModes: [mode] },
});
const listening = (hostPort: number): JsonObject => ({
  containers: [{ name: 'a', ports: [{ containerPort: 80, hostPort }] }],
});
const anyKind = fc.constantFrom(...KINDS);

describe('what is no longer wanted contends', () => {
  it('with whatever mounts its claim anew, whichever kinds the two are, unless many may mount it', () => {
    fc.assert(
      fc.property(anyKind, anyKind, fc.constantFrom('ReadWriteOnce', 'ReadWriteOncePod'), (a, b, mode) => {
        const [old, next] = [workload(a, 'old', mounting('data')), workload(b, 'new', mounting('data'))];
        expect(contention(old, next, undefined, [claim('data', mode)])).toBe('both mount the claim data');
        expect(contention(old, next, undefined, [])).toBe('both mount the claim data');
        expect(contention(old, next, undefined, [claim('data', 'ReadWriteMany')])).toBeUndefined();
        expect(contention(old, next, next, [claim('data', mode)])).toBeUndefined();
        expect(contention(old, workload(b, 'new', mounting('other')), undefined, [])).toBeUndefined();
      }),
    );
  });

  it('with what mounts a claim of its templates, of whichever pod', () => {
    const old = workload('StatefulSet', 'db', {}, { volumeClaimTemplates: [{ metadata: { name: 'data' } }] });
    expect(contention(old, workload('Deployment', 'db', mounting('data-db-2')), undefined, [])).toBeDefined();
    expect(contention(old, workload('Deployment', 'db', mounting('data-web-0')), undefined, [])).toBeUndefined();
    expect(contention(workload('Deployment', 'db', mounting('data-db-0')), old, undefined, [])).toBeDefined();
  });

  it('with what takes the same port of the nodes', () => {
    const old = workload('Deployment', 'old', listening(80));
    expect(contention(old, workload('DaemonSet', 'new', listening(80)), undefined, [])).toBe(
      'both take the node’s port 80/TCP',
    );
    expect(contention(old, workload('DaemonSet', 'new', listening(81)), undefined, [])).toBeUndefined();
    const ofHost = { hostNetwork: true, containers: [{ name: 'a', ports: [{ containerPort: 80 }] }] };
    expect(contention(old, workload('DaemonSet', 'new', ofHost), undefined, [])).toBeDefined();
  });

  it('with another kind of its name where one of the two never runs twice', () => {
    const alone = { strategy: { type: 'Recreate' } };
    const [old, next] = [workload('Deployment', 'gpu', {}, alone), workload('StatefulSet', 'gpu', {})];
    expect(contention(old, next, undefined, [])).toBe('two of its pods cannot run at once');
    expect(contention(next, old, undefined, [])).toBeDefined();
    expect(contention(old, workload('StatefulSet', 'other', {}), undefined, [])).toBeUndefined();
  });

  it('with nothing in another namespace, nor of what has no pods', () => {
    const old = workload('Deployment', 'old', mounting('data'));
    const next = workload('StatefulSet', 'new', mounting('data'));
    expect(contention(old, { ...next, metadata: { name: 'new', namespace: 'm' } }, undefined, [])).toBeUndefined();
    expect(contention(claim('data', 'ReadWriteOnce'), next, undefined, [])).toBeUndefined();
  });
});
