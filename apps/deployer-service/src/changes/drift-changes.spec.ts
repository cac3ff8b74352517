import { describe, expect, it } from '@jest/globals';
import type { OverrideData } from '@ushadow/contracts';
import type { Drift } from '@ushadow/deploy-engine';
import { objectId, objectKey, type KubeObject } from '@ushadow/kubernetes';
import { NO_CONTENT, type StackContent } from '../content/stack-content.ts';
import { knownService } from '../content/testing/known-service.ts';
import { repair } from './drift-changes.ts';
import { dropOverrides } from './service-changes.ts';

const web = {
  ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } },
  spec: { replicas: 2, paused: false },
} as unknown as KubeObject;
const settings = {
  ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', namespace: 'shop' } },
  data: { a: '9', b: '1' },
} as unknown as KubeObject;
const content: StackContent = {
  ...NO_CONTENT,
  objects: [web, settings].map((object) => ({ object, services: ['web'] })),
  services: { web: knownService('web') },
};
const NOTHING: Drift = { checked: 2, drifted: [], unseen: [], autoscaled: [], live: new Map() };
const changedMap = { ...settings, data: { a: '9', b: 'theirs' } };
const drifted: Drift = {
  ...NOTHING,
  drifted: [
    {
      ...{ object: objectId(settings), state: 'changed' },
      fields: [{ steps: ['data', 'b'], path: 'data.b', change: 'changed', wanted: '"1"', live: '"theirs"' }],
    },
  ],
  autoscaled: [objectId(web)],
  live: new Map([[objectKey(objectId(settings)), changedMap]]),
};
const REPLICAS = { object: 'Deployment/shop/web', steps: ['spec', 'replicas'] };

describe('bringing back what others have changed', () => {
  it('leaves the number of pods to the autoscaler that decides it', () => {
    const { update, options } = repair(content, drifted, undefined);
    expect(options).toEqual({ takeOver: true });
    expect(update.left).toEqual([REPLICAS]);
  });
});

describe('giving an override up', () => {
  const override: OverrideData = {
    ...{ service: 'web', key: 'field', object: 'ConfigMap/shop/web', path: ['data', 'a'] },
    ...{ value: '"9"', file_value: '"1"' },
  };

  it('takes nothing else back that others have changed', () => {
    const remembering = { ...content, configuration: { ...content.configuration, overrides: [override] } };
    const { update } = dropOverrides(remembering, ['ConfigMap/shop/web:data.a'], drifted);
    expect(update.content.objects.find(({ object }) => object.kind === 'ConfigMap')?.object['data']).toEqual({
      ...{ a: '1', b: '1' },
    });
    expect(update.left).toEqual([{ object: 'ConfigMap/shop/web', steps: ['data', 'b'], value: 'theirs' }, REPLICAS]);
  });
});
