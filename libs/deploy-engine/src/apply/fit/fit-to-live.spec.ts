import { describe, expect, it } from '@jest/globals';
import type { JsonObject, KubeObject } from '@ushadow/kubernetes';
import fc from 'fast-check';
import { fitToLive } from './fit-to-live.ts';

const by = { manager: 'us', isRefused: false, mayGrow: true };

function object(kind: string, spec: JsonObject, owned: readonly string[] = []): KubeObject {
  const fields = Object.fromEntries(owned.map((field) => [`f:${field}`, {}]));
  const managedFields = [{ manager: 'us', operation: 'Apply', fieldsV1: { 'f:spec': fields } }];
  return { apiVersion: 'v1', kind, metadata: { name: 'x', namespace: 'n', managedFields }, spec };
}

const claim = (spec: JsonObject = {}, storage = '2Gi', owned: readonly string[] = []): KubeObject =>
  object(
    'PersistentVolumeClaim',
    { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } }, ...spec },
    owned,
  );

describe('what is written where something is there', () => {
  it('is what is wanted where nothing of ours is let go', () => {
    const kinds = fc.constantFrom('Deployment', 'StatefulSet', 'Service', 'ConfigMap', 'Job');
    fc.assert(
      fc.property(kinds, fc.integer({ min: 0, max: 9 }), (kind, replicas) => {
        const [wanted, live] = [object(kind, {}), object(kind, { replicas, ipFamilyPolicy: 'PreferDualStack' })];
        expect(fitToLive(wanted, live, by)).toEqual({ body: wanted, notes: [] });
      }),
    );
  });

  it('keeps a number of replicas that we have set and say no more', () => {
    const live = object('Deployment', { replicas: 3 }, ['replicas']);
    expect(fitToLive(object('Deployment', {}), live, by).body['spec']).toEqual({ replicas: 3 });
    expect(fitToLive(object('Deployment', { replicas: 1 }), live, by).body['spec']).toEqual({ replicas: 1 });
    expect(fitToLive(object('Deployment', {}), live, { ...by, manager: 'they' }).body['spec']).toEqual({});
    const stopped = object('Deployment', { replicas: 0 }, ['replicas']);
    expect(fitToLive(object('Deployment', {}), stopped, by).body['spec']).toEqual({});
  });

  it('says the default where the server would keep what we said last', () => {
    const live = object('Service', { ipFamilyPolicy: 'PreferDualStack' }, ['ipFamilyPolicy']);
    expect(fitToLive(object('Service', {}), live, by).body['spec']).toEqual({ ipFamilyPolicy: 'SingleStack' });
    const outside = object('Service', { type: 'ExternalName' });
    expect(fitToLive(outside, live, by).body).toBe(outside);
  });
});

describe('a claim that is there', () => {
  it('keeps what cannot be changed, and says so', () => {
    const live = claim({ storageClassName: 'slow', volumeName: 'v' }, '2Gi', ['accessModes']);
    const wanted = claim({ storageClassName: 'fast', accessModes: ['ReadWriteMany'] });
    const { body, notes } = fitToLive(wanted, live, by);
    expect(body['spec']).toEqual({ ...(claim()['spec'] as JsonObject), storageClassName: 'slow' });
    expect(notes).toHaveLength(2);
    expect(notes[1]).toContain('spec.storageClassName stays slow and does not become fast');
  });

  it('never shrinks, and grows unless the server has refused it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 }), fc.boolean(), (a, b, mayGrow) => {
        const [live, wanted] = [claim({}, `${a}Gi`), claim({}, `${b}Gi`)];
        const { body, notes } = fitToLive(wanted, live, { ...by, mayGrow });
        const size = b > a && mayGrow ? b : a;
        expect(body['spec']).toMatchObject({ resources: { requests: { storage: `${size}Gi` } } });
        expect(notes).toHaveLength(size === b ? 0 : 1);
      }),
    );
  });

  it('keeps a size that it has by default, whatever the default becomes, and says nothing of it', () => {
    const ofDefault = (size: string): KubeObject => {
      const made = claim({}, size);
      return { ...made, metadata: { ...made.metadata, annotations: { 'ushadow.io/default-size': size } } };
    };
    const sizes = fc.constantFrom('512Mi', '1Gi', '1024Mi', '5Gi', '1G');
    fc.assert(
      fc.property(sizes, sizes, (has, asked) => {
        const { body, notes } = fitToLive(ofDefault(asked), claim({}, has), by);
        expect(body['spec']).toMatchObject({ resources: { requests: { storage: has } } });
        expect(notes).toEqual([]);
      }),
    );
    // Changed after it was marked, as a patch does.
    const patched = { ...claim({}, '5Gi'), metadata: ofDefault('1Gi').metadata };
    expect(fitToLive(patched, claim({}, '1Gi'), by).body).toBe(patched);
  });
});

describe('a set that is there', () => {
  const set = (size: string, labels: JsonObject = {}): KubeObject =>
    object('StatefulSet', {
      volumeClaimTemplates: [
        {
          metadata: { name: 'data', labels, annotations: { 'ushadow.io/default-size': size } },
          spec: { resources: { requests: { storage: size } } },
        },
      ],
    });

  it('keeps the templates of its claims where the server takes no others', () => {
    const [wanted, live] = [set('5Gi', { a: '1' }), set('1Gi')];
    expect(fitToLive(wanted, live, by).body).toBe(wanted);
    expect(fitToLive(wanted, live, { ...by, isRefused: true }).body['spec']).toEqual(live['spec']);
  });
});
