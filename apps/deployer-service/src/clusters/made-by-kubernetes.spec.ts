import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { isMadeByKubernetes, isTrace } from './made-by-kubernetes.ts';

const object = (name: string, more: object = {}) => ({ metadata: { name }, ...more }) as KubeObject;
const core = (kind: string) => ({ group: '', kind });

describe('what Kubernetes itself puts into each namespace', () => {
  it.each([
    ['Secret', object('default-token-x7k2p', { type: 'kubernetes.io/service-account-token' })],
    ['Secret', object('build-token-1', { type: 'kubernetes.io/service-account-token' })],
    ['ConfigMap', object('kube-root-ca.crt')],
    ['ServiceAccount', object('default')],
  ])('is known: %s', (kind, made) => {
    expect(isMadeByKubernetes(core(kind), made)).toBe(true);
  });

  it.each([
    ['Secret', object('default-token-mine', { type: 'Opaque' })],
    ['Secret', object('sh.helm.release.v1.db.v1', { type: 'helm.sh/release.v1' })],
    ['Secret', object('default')],
    ['ConfigMap', object('default')],
    ['ServiceAccount', object('build')],
    ['PersistentVolumeClaim', object('default')],
  ])('is not taken for somebody’s: %s', (kind, theirs) => {
    expect(isMadeByKubernetes(core(kind), theirs)).toBe(false);
  });

  it('is no kind of others that is called alike', () => {
    expect(isMadeByKubernetes({ group: 'example.com', kind: 'ServiceAccount' }, object('default'))).toBe(false);
    expect(isTrace({ group: 'example.com', kind: 'Event' })).toBe(false);
    expect(isTrace({ group: 'events.k8s.io', kind: 'Event' })).toBe(true);
    expect(isTrace(core('Endpoints'))).toBe(true);
  });
});
