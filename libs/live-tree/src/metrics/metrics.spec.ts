import { describe, expect, it } from '@jest/globals';
import { kube } from '../../testing/objects.ts';
import { SampleRing } from './sample-ring.ts';
import { claimUses, nodeAmounts, podBudget, podUsage } from './usage.ts';

describe('metrics', () => {
  it('of a pod are the sum of its containers, whatever unit they are told in', () => {
    const metrics = kube('PodMetrics', 'web', {
      timestamp: '2026-01-01T00:00:00Z',
      containers: [
        { name: 'web', usage: { cpu: '12345678n', memory: '10Mi' } },
        { name: 'side', usage: { cpu: '100m', memory: '1024Ki' } },
      ],
    });
    expect(podUsage(metrics)).toMatchObject({ cpuMillicores: 113, memoryBytes: 11 * 1024 * 1024 });
    expect(
      nodeAmounts(kube('Node', 'n', { status: { allocatable: { cpu: '4', memory: '1Gi' } } }), 'status', 'allocatable'),
    ).toEqual({
      cpuMillicores: 4_000,
      memoryBytes: 1024 ** 3,
    });
  });

  it('are joined with what the lasting containers have asked for, where each of them says so', () => {
    const resources = { requests: { cpu: '250m', memory: '64Mi' }, limits: { memory: '128Mi' } };
    const spec = {
      initContainers: [
        { name: 'first', resources: { requests: { cpu: '9' } } },
        { name: 'side', restartPolicy: 'Always', resources },
      ],
      containers: [{ name: 'web', resources: { ...resources, limits: { cpu: '1', memory: '128Mi' } } }],
    };
    expect(podBudget(kube('Pod', 'web', { spec }))).toEqual({
      cpuRequest: 500,
      cpuLimit: null,
      memoryRequest: 128 * 1024 ** 2,
      memoryLimit: 256 * 1024 ** 2,
    });
  });

  it('of claims come from the kubelet’s summary', () => {
    const pods = [
      { volume: [{ name: 'a' }, { pvcRef: { name: 'data', namespace: 'shop' }, usedBytes: 5, capacityBytes: 10 }] },
    ];
    expect(claimUses({ pods })).toEqual([{ claim: 'data', namespace: 'shop', usedBytes: 5, capacityBytes: 10 }]);
  });

  it('are kept for a while and so many, each once', () => {
    const ring = new SampleRing<number>({ keptMs: 100, max: 3 });
    for (const at of [0, 50, 50, 60, 120, 130]) ring.add(at, at);
    expect(ring.all().map(({ at }) => at)).toEqual([60, 120, 130]);
    ring.add(400, 1);
    expect(ring.all()).toHaveLength(1);
  });
});
