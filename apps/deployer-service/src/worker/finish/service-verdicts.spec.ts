import { describe, expect, it } from '@jest/globals';
import type { Plan, PlannedAction } from '@ushadow/deploy-engine';
import { objectId, type KubeObject, type ObjectId } from '@ushadow/kubernetes';
import { NO_CONTENT } from '../../content/stack-content.ts';
import { incompleteVerdicts, refusalOf } from './service-verdicts.ts';

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

describe('a service that was to go', () => {
  const refused = { code: 'ADMISSION_DENIED', message: 'not today', object: idOf('old'), evidence: [] } as const;
  const unpruned = [{ object: idOf('old'), uid: 'u', failure: refused }];
  const whole = { ...step, next: { ...NO_CONTENT, services: {} } };

  it('has failed with the cause where its deletion was refused', () => {
    expect(refusalOf('old', { unpruned }, whole)).toBe(refused);
    expect(refusalOf('web', { unpruned }, whole)).toBeUndefined();
    expect(refusalOf('old', {}, whole)).toBeUndefined();
  });

  it('is none that stays: what it has left over is told, and tried again', () => {
    const known = { serviceId: '', objectName: '', image: null, dependsOn: [], published: [] };
    const services = { old: { ...known, isOneShot: false, environment: [] } };
    expect(refusalOf('old', { unpruned }, { ...whole, next: { ...NO_CONTENT, services } })).toBeUndefined();
  });
});

describe('the services of a deployment that was seen again', () => {
  it('have failed where something of theirs is missing or still there, and are unknown else', () => {
    const entry = (name: string, action: PlannedAction) => ({
      ...{ object: idOf(name), action, changes: [], warnings: [] },
      ...{ desiredDigest: '', changeDigest: '', verified: true },
    });
    const entries = [entry('api', 'unchanged'), entry('web', 'update'), entry('old', 'delete')];
    const plan: Plan = { entries, newNamespaces: [], podSecurity: [], problems: [], warnings: [], hash: '' };
    expect(incompleteVerdicts({ services: ['api', 'web', 'old'] }, { plan }, step)).toMatchObject({
      api: { status: 'unknown', code: null },
      web: { status: 'failed', code: 'INCOMPLETE', reason: 'ConfigMap/n/web is not as it was to be' },
      old: { status: 'failed', code: 'INCOMPLETE', reason: 'ConfigMap/n/old is still there' },
    });
  });
});
