import { describe, expect, it } from '@jest/globals';
import { byService } from './by-service.ts';
import type { PlannedObject } from './planned-changes.ts';
import { destructiveChanges, holdsData } from './destructive.ts';
import { planned } from './testing/planned.ts';

const objects: PlannedObject[] = [
  planned('Secret/shop/old', 'delete', []),
  planned('ConfigMap/shop/common', 'update', ['web', 'db']),
  planned('StatefulSet/shop/db', 'recreate', ['db']),
  planned('Service/shop/db', 'unchanged', ['db']),
  planned('Deployment/shop/web', 'create', ['web']),
  planned('Namespace/shop', 'create', []),
];

describe('byService', () => {
  it('has each service in order, then what several share, then what belongs to none', () => {
    const { groups, unchanged } = byService({ objects, services: ['web', 'db'] });
    expect(groups.map(({ title, objects: of }) => [title, of.map(({ object }) => object)])).toEqual([
      ['web', ['Deployment/shop/web']],
      ['db', ['StatefulSet/shop/db']],
      ['Shared by web, db', ['ConfigMap/shop/common']],
      ['Wanted by no service any more', ['Secret/shop/old']],
      ['Of no service alone', ['Namespace/shop']],
    ]);
    expect(unchanged.map(({ object }) => object)).toEqual(['Service/shop/db']);
  });
});

describe('goingOf', () => {
  it('names what is deleted or made anew, and nothing else', () => {
    expect(destructiveChanges({ objects }).map(({ object }) => object)).toEqual([
      'Secret/shop/old',
      'StatefulSet/shop/db',
    ]);
  });

  it('tells what holds data', () => {
    expect(holdsData(planned('PersistentVolumeClaim/shop/data', 'delete', []))).toBe(true);
    expect(holdsData(planned('Secret/shop/old', 'delete', []))).toBe(false);
  });
});
