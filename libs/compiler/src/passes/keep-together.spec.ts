import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { valueAt } from '@ushadow/kubernetes';
import { codesOf, compileProject, objectOf } from '../testing/compile-project.ts';
import { designProject } from '../testing/design-project.ts';

const mount = (source: string) => ({ type: 'volume' as const, source, target: `/${source}` });
const CHAIN = {
  services: {
    a: { volumes: [mount('v1')] },
    b: { volumes: [mount('v1'), mount('v2')] },
    c: { volumes: [mount('v2')] },
    m: { restart: 'no', volumes: [mount('v1')] },
    alone: { volumes: [mount('v3')] },
  },
  volumes: { v1: { name: 'demo_v1' }, v2: { name: 'demo_v2' }, v3: { name: 'demo_v3' } },
};

describe('keep-together', () => {
  it('gives a chain of shared volumes one label and one term', () => {
    const result = compileProject(CHAIN);
    const label = { 'volume.ushadow.io/demo-v1': 'shared' };
    for (const [kind, name] of [
      ['Deployment', 'a'],
      ['Deployment', 'b'],
      ['Deployment', 'c'],
      ['Job', 'm'],
    ] as const) {
      const template = valueAt(objectOf(result, kind, name), ['spec', 'template']);
      expect(valueAt(template, ['metadata', 'labels'])).toMatchObject(label);
      expect(valueAt(template, ['spec', 'affinity', 'podAffinity'])).toEqual({
        requiredDuringSchedulingIgnoredDuringExecution: [
          { labelSelector: { matchLabels: label }, topologyKey: 'kubernetes.io/hostname' },
        ],
      });
    }
    expect(valueAt(objectOf(result, 'Deployment', 'alone'), ['spec', 'template', 'spec', 'affinity'])).toBeUndefined();
    expect(result.diagnostics.filter(({ code }) => code === 'CMP0906')).toHaveLength(1);
  });

  it('two services are in one group exactly when shared volumes lead from one to the other', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const uses = fc.record(Object.fromEntries(names.map((name) => [name, fc.subarray(['v1', 'v2', 'v3', 'v4'])])));
    fc.assert(
      fc.property(uses, (all) => {
        const volumesOf = (name: string): readonly string[] => all[name] ?? [];
        const services = Object.fromEntries(names.map((name) => [name, { volumes: volumesOf(name).map(mount) }]));
        const { of } = designProject({ services });
        const near = (name: string): readonly string[] =>
          names.filter((other) => volumesOf(other).some((volume) => volumesOf(name).includes(volume)));
        for (const start of names) {
          const reached = new Set([start]);
          for (const name of reached) for (const other of near(name)) reached.add(other);
          for (const other of names.filter((name) => name !== start)) {
            const same = of(start).together !== undefined && of(start).together === of(other).together;
            expect(same).toBe(reached.has(other));
          }
        }
      }),
    );
  });

  it('needs no term where the class can be mounted by many, and mounts replicas so as well', () => {
    const target = { namespace: 'x', storage: { shared: true } };
    const project = { services: { web: { scale: 3, volumes: [mount('v1')] } }, volumes: { v1: { name: 'demo_v1' } } };
    const result = compileProject(project, { target });
    expect(valueAt(objectOf(result, 'PersistentVolumeClaim', 'demo-v1'), ['spec', 'accessModes'])).toEqual([
      'ReadWriteMany',
    ]);
    expect(codesOf(result)).toEqual([]);
    const set = { specs: { web: { kind: 'StatefulSet' as const } }, target };
    expect(
      valueAt(objectOf(compileProject(project, set), 'PersistentVolumeClaim', 'demo-v1'), ['spec', 'accessModes']),
    ).toEqual(['ReadWriteMany']);
  });

  it('says of copies that share a volume what comes of it, by kind', () => {
    const volumes = { v1: { name: 'demo_v1' } };
    const finding = (service: object) =>
      compileProject({ services: { it: { volumes: [mount('v1')], ...service } }, volumes }).diagnostics.map(
        ({ code, severity, remedy }) => [code, severity, /hostPath|per_replica/.exec(remedy)?.[0]],
      );
    expect(finding({ deploy: { mode: 'global' } })).toEqual([['CMP0908', 'warning', 'hostPath']]);
    expect(finding({ scale: 3 })).toEqual([['CMP0908', 'warning', 'per_replica']]);
    expect(finding({ image: 'redis:7', scale: 3 })).toEqual([['CMP0915', 'error', 'per_replica']]);
    const own = { v1: { name: 'demo_v1', 'x-ushadow': { per_replica: true } } };
    const labels = { 'kompose.controller.type': 'statefulset' };
    const apart = { it: { image: 'redis:7', labels, scale: 3, volumes: [mount('v1')] } };
    expect(codesOf(compileProject({ services: apart, volumes: own }))).toEqual([]);
    expect(finding({})).toEqual([]);
  });

  it('keeps replicas of one volume on one node, and lets pods of every node be', () => {
    const { of } = designProject({
      services: {
        web: { scale: 3, volumes: [mount('v1')] },
        agent: { deploy: { mode: 'global' }, volumes: [mount('v1')] },
      },
    });
    expect([of('web').together, of('agent').together]).toEqual(['v1', undefined]);
  });

  it('a volume for one pod is mounted by one', () => {
    const storage = { v1: { accessMode: 'ReadWriteOncePod' as const } };
    const services = { a: { volumes: [mount('v1')] }, b: { volumes: [mount('v1')] } };
    const result = compileProject(
      { services, volumes: { v1: { name: 'demo_v1' } } },
      { specs: { a: { storage }, b: { storage } } },
    );
    expect(result.diagnostics.map(({ code }) => code)).toContain('CMP0916');
  });
});
