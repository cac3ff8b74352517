import { describe, expect, it } from '@jest/globals';
import { objectId } from '@ushadow/kubernetes';
import type { KubeObject } from '@ushadow/kubernetes';
import { standalone } from './apply-graph.ts';

const [web, db] = ['web', 'db'].map((name): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'n' },
})) as [KubeObject, KubeObject];
const elsewhere = { ...objectId(db), name: 'elsewhere' };

describe('a state that is gone back to', () => {
  it('keeps the order among its own objects, waits for nothing else, and names no lines', () => {
    const own = { object: objectId(web), on: objectId(db), condition: 'ready' } as const;
    const outside = { object: objectId(db), on: elsewhere, condition: 'ready' } as const;
    const sources = [{ object: objectId(web), pointer: '', path: '/services/web' }];
    const state = { objects: [web, db], dependencies: [own, outside], sources };
    expect(standalone(state)).toEqual({ objects: [web, db], dependencies: [own] });
  });
});
