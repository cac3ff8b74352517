import { describe, expect, it } from '@jest/globals';
import type { Plan, PlannedAction } from '@ushadow/deploy-engine';
import { objectId, type KubeObject, type ObjectId } from '@ushadow/kubernetes';
import { NO_CONTENT } from '../content/stack-content.ts';
import { incompleteVerdicts } from './service-verdicts.ts';

const objectOf = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'n' },
});
const idOf = (name: string): ObjectId => objectId(objectOf(name));
const step = {
  part: { ...NO_CONTENT, objects: ['api', 'web'].map((name) => ({ object: objectOf(name), services: [name] })) },
  inventory: [{ object: idOf('old'), uid: 'u', services: ['old'] }],
};

describe('the services of a deployment that was seen again', () => {
  it('have failed where something of theirs is missing or still there, and are unknown else', () => {
    const entry = (name: string, action: PlannedAction) => ({
      ...{ object: idOf(name), action, changes: [], warnings: [] },
      ...{ desiredDigest: '', changeDigest: '', verified: true },
    });
    const entries = [entry('api', 'unchanged'), entry('web', 'update'), entry('old', 'delete')];
    const plan: Plan = { entries, newNamespaces: [], problems: [], warnings: [], hash: '' };
    expect(incompleteVerdicts({ services: ['api', 'web', 'old'] }, { plan }, step)).toMatchObject({
      api: { status: 'unknown', code: null },
      web: { status: 'failed', code: 'INCOMPLETE', reason: 'ConfigMap/n/web is not as it was to be' },
      old: { status: 'failed', code: 'INCOMPLETE', reason: 'ConfigMap/n/old is still there' },
    });
  });
});
