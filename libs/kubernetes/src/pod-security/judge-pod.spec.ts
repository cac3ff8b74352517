import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../json.ts';
import { judgePod, levelOf } from './judge-pod.ts';
import { podTemplateOf } from '../references/pod-template.ts';

const SAFE = {
  runAsNonRoot: true,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};
const podOf = (spec: JsonObject, container: JsonObject = {}): JsonObject => ({
  spec: { containers: [{ name: 'a', securityContext: SAFE, ...container }], ...spec },
});

describe('judgePod', () => {
  it('a pod that says all that it must fits "restricted"', () => {
    expect(judgePod(podOf({}))).toEqual([]);
    expect(levelOf([])).toBe('restricted');
  });

  it('a pod that says nothing fits "baseline"', () => {
    const found = judgePod({ spec: { containers: [{ name: 'a' }] } });
    expect(levelOf(found)).toBe('baseline');
    expect(found.map(({ control }) => control).sort()).toEqual([
      'allowPrivilegeEscalation',
      'capabilities',
      'runAsNonRoot',
      'seccompProfile',
    ]);
  });

  it.each<[string, JsonObject, string]>([
    ['hostNetwork', podOf({ hostNetwork: true }), '/spec/hostNetwork'],
    ['a path of the node', podOf({ volumes: [{ name: 'v', hostPath: { path: '/x' } }] }), '/spec/volumes/0/hostPath'],
    ['a port of the node', podOf({}, { ports: [{ hostPort: 80 }] }), '/spec/containers/0/ports/0/hostPort'],
    [
      'an init container',
      podOf({ initContainers: [{ name: 'i', securityContext: { ...SAFE, privileged: true } }] }),
      '/spec/initContainers/0/securityContext/privileged',
    ],
    [
      'an ephemeral container',
      podOf({ ephemeralContainers: [{ name: 'e', securityContext: { ...SAFE, privileged: true } }] }),
      '/spec/ephemeralContainers/0/securityContext/privileged',
    ],
    [
      'a check of another host',
      podOf({}, { livenessProbe: { httpGet: { host: 'h' } } }),
      '/spec/containers/0/livenessProbe/httpGet/host',
    ],
  ])('%s needs "privileged", and is pointed at', (_, pod, pointer) => {
    const found = judgePod(pod);
    expect(levelOf(found)).toBe('privileged');
    expect(found.filter(({ level }) => level === 'baseline').map((each) => each.pointer)).toEqual([pointer]);
  });

  it('is total: nonsense is no pod, and nothing is thrown', () => {
    for (const spec of [null, [], 'x', { containers: 'x', volumes: [null, 3], securityContext: [] }])
      expect(() => judgePod({ spec } as JsonObject)).not.toThrow();
  });
});

describe('podTemplateOf', () => {
  it.each([
    ['Deployment', '/spec/template'],
    ['CronJob', '/spec/jobTemplate/spec/template'],
  ])('%s', (kind, pointer) => {
    const template = { spec: { containers: [] } };
    const spec = kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { template };
    expect(podTemplateOf({ apiVersion: 'v1', kind, metadata: { name: 'x' }, spec })).toEqual({ template, pointer });
  });

  it('what makes no pods has none', () => {
    expect(podTemplateOf({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' } })).toBeUndefined();
  });
});
