import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../object.ts';
import { formatAge } from './age.ts';
import { summariseEvents } from './event-summary.ts';
import { summariseNode } from './node-summary.ts';
import { summarisePod } from './pod-summary.ts';

const NOW = Date.parse('2026-01-02T00:00:00Z');
const pod = (status: object, metadata: object = {}): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'n', creationTimestamp: '2026-01-01T23:58:00Z', ...metadata },
    spec: {},
    status,
  }) as KubeObject;
const container = (state: object, ready = false, restartCount = 0): object => ({
  name: 'c',
  state,
  ready,
  restartCount,
});

describe('pods as shown to people', () => {
  it.each<[string, KubeObject]>([
    ['Pending', pod({ phase: 'Pending' })],
    ['Running', pod({ phase: 'Running', containerStatuses: [container({ running: {} }, true)] })],
    ['Starting', pod({ phase: 'Running', containerStatuses: [container({ running: {} })] })],
    [
      'CrashLoopBackOff',
      pod({ phase: 'Running', containerStatuses: [container({ waiting: { reason: 'CrashLoopBackOff' } })] }),
    ],
    ['Waiting', pod({ phase: 'Pending', containerStatuses: [container({ waiting: {} })] })],
    [
      'Error',
      pod({ phase: 'Failed', containerStatuses: [container({ terminated: { reason: 'Error', exitCode: 1 } })] }),
    ],
    ['Evicted', pod({ phase: 'Failed', reason: 'Evicted' })],
    ['Terminating', pod({ phase: 'Running' }, { deletionTimestamp: '2026-01-01T00:00:00Z' })],
    ['Succeeded', pod({ phase: 'Succeeded', containerStatuses: [container({ terminated: { exitCode: 0 } })] })],
  ])('status %s', (status, object) => expect(summarisePod(object, NOW).status).toBe(status));

  it('shows the worst container, init containers included', () => {
    const statuses = {
      phase: 'Pending',
      initContainerStatuses: [container({ waiting: { reason: 'ImagePullBackOff' } }, false, 2)],
      containerStatuses: [container({ waiting: { reason: 'PodInitializing' } }, false, 1)],
    };
    expect(summarisePod(pod(statuses), NOW)).toMatchObject({
      status: 'ImagePullBackOff',
      restarts: 3,
      node: 'N/A',
      age: '2m',
    });
  });
});

describe('ages', () => {
  it.each([
    ['2026-01-01T23:59:01Z', '59s'],
    ['2026-01-01T23:59:00Z', '1m'],
    ['2026-01-01T23:00:00Z', '1h'],
    ['2026-01-01T00:00:00Z', '1d'],
    ['2026-01-03T00:00:00Z', '0s'],
    ['x', ''],
  ])('of %s is %s', (timestamp, age) => expect(formatAge(timestamp, NOW)).toBe(age));
});

describe('events as shown to people', () => {
  it('are newest first and fall back to eventTime', () => {
    const event = (name: string, times: object): KubeObject =>
      ({
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name },
        reason: name,
        type: 'Normal',
        message: '',
        ...times,
      }) as KubeObject;
    const [first, second, third] = summariseEvents([
      event('old', { lastTimestamp: '2026-01-01T00:00:00Z', count: 4 }),
      event('new', { eventTime: '2026-01-01T10:00:00.000001Z', lastTimestamp: null }),
      event('none', {}),
    ]);
    expect([first?.reason, second?.reason, third?.lastTimestamp]).toEqual(['new', 'old', null]);
    expect(second?.count).toBe(4);
  });
});

describe('nodes as shown to people', () => {
  const node = (labels: object, conditions: object[] = []): KubeObject =>
    ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n', labels },
      spec: { taints: [{ key: 'k', effect: 'NoSchedule' }] },
      status: {
        conditions,
        capacity: { cpu: '4', 'nvidia.com/gpu': '1' },
        addresses: [{ type: 'InternalIP', address: '10.0.0.1' }],
      },
    }) as KubeObject;

  it.each<[string[], object]>([
    [['worker'], {}],
    [['control-plane'], { 'node-role.kubernetes.io/master': '' }],
    [
      ['control-plane', 'worker'],
      { 'node-role.kubernetes.io/control-plane': '', 'node-role.kubernetes.io/worker': '' },
    ],
  ])('roles %j', (roles, labels) => expect(summariseNode(node(labels)).roles).toEqual(roles));

  it.each([
    ['Unknown', []],
    ['Ready', [{ type: 'Ready', status: 'True' }]],
    ['NotReady', [{ type: 'Ready', status: 'False' }]],
    ['Unknown', [{ type: 'Ready', status: 'Unknown' }]],
  ])('status %s', (status, conditions) => expect(summariseNode(node({}, conditions)).status).toBe(status));

  it('give taints without a value an empty one, and GPUs from capacity', () => {
    expect(summariseNode(node({}))).toMatchObject({
      taints: [{ key: 'k', value: '', effect: 'NoSchedule' }],
      gpuCapacityNvidia: '1',
      gpuCapacityAmd: '',
      internalIp: '10.0.0.1',
    });
  });
});
