import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { withServices } from './owned-entry.ts';
import { NO_CONTENT } from './stack-content.ts';

const claim = (name: string) => ({
  object: { group: '', version: 'v1', kind: 'PersistentVolumeClaim', namespace: 'n', name },
  uid: `uid-${name}`,
});
const set: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'db', namespace: 'n' },
  spec: { volumeClaimTemplates: [{ metadata: { name: 'data' } }] },
};
const wanted = { ...NO_CONTENT, objects: [{ object: set, services: ['db'] }] };
const all = ['api', 'db', 'web'];

describe('the services of what a stack has', () => {
  it('are for a claim of a template those of its StatefulSet, whatever else was deployed with it', () => {
    const [entry] = withServices([claim('data-db-0')], wanted, [], all);
    expect(entry?.services).toEqual(['db']);
    const known = { ...claim('data-db-0'), services: all };
    expect(withServices([claim('data-db-0')], wanted, [known], ['web'])[0]?.services).toEqual(['db']);
  });

  it('stay for a claim whose StatefulSet is gone, and are else those that the deployment was about', () => {
    const known = { ...claim('data-db-0'), services: ['db'] };
    expect(withServices([claim('data-db-0')], NO_CONTENT, [known], ['web'])[0]?.services).toEqual(['db']);
    expect(withServices([claim('data-other-0')], wanted, [], ['web'])[0]?.services).toEqual(['web']);
  });
});
