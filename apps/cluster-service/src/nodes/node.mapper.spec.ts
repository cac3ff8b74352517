import { describe, expect, it } from '@jest/globals';
import { toNode } from './node.mapper.ts';

const node = (labels: Record<string, string>, more: Record<string, unknown> = {}) =>
  toNode('0011223344556677', { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n', labels }, ...more } as never);

describe('toNode', () => {
  it('reads what a kubelet reports (N14)', () => {
    const status = {
      conditions: [{ type: 'Ready', status: 'True' }],
      nodeInfo: { kubeletVersion: 'v1.35.0', osImage: 'Debian', containerRuntimeVersion: 'containerd://2' },
      capacity: { cpu: '8', memory: '16Gi', 'nvidia.com/gpu': '2' },
      addresses: [{ type: 'InternalIP', address: '10.0.0.1' }],
    };
    const taints = [{ key: 'gpu', effect: 'NoSchedule' }];
    expect(node({}, { status, spec: { taints } })).toMatchObject({
      status: 'Ready',
      kubelet_version: 'v1.35.0',
      cpu_capacity: '8',
      memory_allocatable: null,
      gpu_capacity_nvidia: 2,
      gpu_capacity_amd: null,
      internal_ip: '10.0.0.1',
      external_ip: null,
      taints: [{ key: 'gpu', value: '', effect: 'NoSchedule' }],
    });
  });

  it('is Unknown without a Ready condition', () => {
    expect(node({})).toMatchObject({ status: 'Unknown', ready: false });
  });

  it.each([
    [{}, ['worker']],
    [{ 'node-role.kubernetes.io/master': '' }, ['control-plane']],
    [
      { 'node-role.kubernetes.io/control-plane': '', 'node-role.kubernetes.io/worker': '' },
      ['control-plane', 'worker'],
    ],
    [{ 'node-role.kubernetes.io/ingress': '' }, ['ingress']],
  ])('gives the roles of %j', (labels, roles) => {
    expect(node(labels as Record<string, string>).roles).toEqual(roles);
  });
});
