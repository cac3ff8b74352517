import { describe, expect, it } from '@jest/globals';
import type { PlannedAction } from './planned-changes.ts';
import { interruptionOf } from './interruption.ts';
import { planned as plannedObject } from './testing/planned.ts';

const planned = (object: string, action: PlannedAction, path?: string) =>
  plannedObject(object, action, [], path === undefined ? [] : [{ path, change: 'changed' }]);

describe('interruptionOf', () => {
  it('says that what is recreated is away in between', () => {
    expect(interruptionOf(planned('Job/shop/seed', 'recreate'))).toMatch(/away in between/);
  });

  it('says that pods are replaced when their template changes', () => {
    const path = 'spec.template.spec.containers[name=web].image';
    expect(interruptionOf(planned('Deployment/shop/web', 'update', path))).toBe('Its pods are replaced.');
    expect(interruptionOf(planned('StatefulSet/shop/db', 'update', path))).toBe('Its pods are replaced.');
  });

  it('is none where pods go on: another field, another kind, a creation', () => {
    expect(interruptionOf(planned('Deployment/shop/web', 'update', 'spec.replicas'))).toBeNull();
    expect(interruptionOf(planned('CronJob/shop/tick', 'update', 'spec.template.x'))).toBeNull();
    expect(interruptionOf(planned('Deployment/shop/web', 'create'))).toBeNull();
  });
});
