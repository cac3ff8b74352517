import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { chooseContainer, choosePort, podsInOrder } from './choose-pod.ts';

interface Sketch {
  readonly name: string;
  readonly ready?: boolean;
  readonly phase?: string;
  readonly created?: string;
  readonly ending?: boolean;
}

function pod({
  name,
  ready = true,
  phase = 'Running',
  created = '2026-01-01T00:00:00Z',
  ending = false,
}: Sketch): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, creationTimestamp: created, ...(ending ? { deletionTimestamp: created } : {}) },
    spec: {
      containers: [{ name: 'web', ports: [{ containerPort: 9000 }, { containerPort: 8080 }] }, { name: 'sidecar' }],
      initContainers: [{ name: 'init' }],
    },
    status: { phase, conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
  };
}

describe('the pod of a service that is meant', () => {
  it('is the newest one that is ready, then the newest that runs, and never one that ends or has ended', () => {
    const pods = [
      pod({ name: 'old' }),
      pod({ name: 'new', created: '2026-02-01T00:00:00Z' }),
      pod({ name: 'newest-not-ready', ready: false, created: '2026-03-01T00:00:00Z' }),
      pod({ name: 'ending', ending: true, created: '2026-04-01T00:00:00Z' }),
      pod({ name: 'done', phase: 'Succeeded', created: '2026-05-01T00:00:00Z' }),
    ];
    expect(podsInOrder('web', pods, undefined).map(({ metadata }) => metadata.name)).toEqual([
      'new',
      'old',
      'newest-not-ready',
    ]);
  });

  it('is the one that was named, whatever its state; the message names those there are', () => {
    const pods = [pod({ name: 'a' }), pod({ name: 'b', phase: 'Failed' })];
    expect(podsInOrder('web', pods, 'b')).toEqual([pods[1]]);
    expect(() => podsInOrder('web', pods, 'c')).toThrow('web has no pod c. It has: a, b.');
  });
});

describe('the container that is meant', () => {
  it('is the pod’s main one, or any that was named', () => {
    expect([chooseContainer(pod({ name: 'a' }), undefined), chooseContainer(pod({ name: 'a' }), 'init')]).toEqual([
      'web',
      'init',
    ]);
    expect(() => chooseContainer(pod({ name: 'a' }), 'nope')).toThrow(
      'has no container nope. It has: web, sidecar, init.',
    );
  });
});

describe('the port that is meant', () => {
  it('is the one that was named, or of those declared the one that looks most like pages', () => {
    expect([choosePort(pod({ name: 'a' }), 5432), choosePort(pod({ name: 'a' }), undefined)]).toEqual([5432, 8080]);
    const bare = { ...pod({ name: 'a' }), spec: { containers: [{ name: 'web' }] } };
    expect(() => choosePort(bare, undefined)).toThrow('declares no port');
  });
});
