import { describe, expect, it } from '@jest/globals';
import { knownService } from './testing/known-service.ts';
import { NO_CONTENT } from './stack-content.ts';
import { withLeftovers } from './with-leftovers.ts';

const entry = (kind: string, name: string, ...services: readonly string[]) => ({
  object: { group: kind === 'Deployment' ? 'apps' : '', version: 'v1', kind, namespace: 'n', name },
  uid: `uid-${name}`,
  services,
});
const good = { ...NO_CONTENT, services: { db: knownService('db') } };

describe('what a stack is shown to have', () => {
  it('holds services that a failure has left, though no good revision has them', () => {
    const inventory = [
      entry('Deployment', 'web', 'web'),
      entry('Service', 'web', 'web'),
      entry('Deployment', 'db', 'db'),
    ];
    const shown = withLeftovers(good, 'p', inventory);
    expect(Object.keys(shown.services)).toEqual(['db', 'web']);
    expect(shown.objects).toEqual([
      {
        object: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'n' } },
        services: ['web'],
      },
      { object: { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'n' } }, services: ['web'] },
    ]);
  });

  it('is the good content alone where only data is left, or what others share', () => {
    const inventory = [entry('PersistentVolumeClaim', 'p-data', 'web'), entry('ConfigMap', 'p-c', 'db', 'web')];
    expect(withLeftovers(good, 'p', inventory)).toBe(good);
  });
});
