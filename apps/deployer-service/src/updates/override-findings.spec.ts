import { describe, expect, it } from '@jest/globals';
import type { OverrideData } from '@ushadow/contracts';
import type { KubeObject } from '@ushadow/kubernetes';
import { NO_CONTENT } from '../content/stack-content.ts';
import { droppedElsewhere } from './override-findings.ts';

const shared = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'shared', namespace: 'shop' } } as KubeObject;
const update = {
  content: { ...NO_CONTENT, objects: [{ object: shared, services: ['api', 'web'] }] },
  selected: ['web'],
};
const ofImage: OverrideData = { service: 'api', key: 'image', value: 'api:2', file_value: 'api:1' };
const ofShared: OverrideData = {
  ...{ service: 'api', key: 'field', object: 'ConfigMap/shop/shared', path: ['data', 'a'] },
  ...{ value: '"2"', file_value: '"1"' },
};

describe('an override that is given up with a deployment of some services', () => {
  it('goes also where it is remembered with another service that shares what is written', () => {
    expect(droppedElsewhere([ofShared], update)).toEqual(['ConfigMap/shop/shared:data.a']);
    expect(droppedElsewhere([{ ...ofImage, service: 'web' }], update)).toEqual([]);
  });

  it('is refused in words where nothing of it would be written', () => {
    expect(() => droppedElsewhere([ofImage], update)).toThrow(
      'api:image is of api, which would not be deployed: name api as well, or ushadow drift --drop api:image.',
    );
  });
});
