import { describe, expect, it } from '@jest/globals';
import type { DeployEvent } from '@ushadow/deploy-engine';
import { inventoryOfEvents } from './inventory-of-events.ts';

const id = (name: string) => ({ group: '', version: 'v1', kind: 'ConfigMap', namespace: 'n', name });
const applied = (name: string, uid: string): DeployEvent => ({
  ...{ at: 0, type: 'object.applied', object: id(name), outcome: 'created', warnings: [] },
  uid,
});

describe('what is ours by the events alone', () => {
  it('is what there was, what was written since, and not what was deleted', () => {
    const before = [
      { object: id('kept'), uid: '1' },
      { object: id('remade'), uid: '2' },
      { object: id('pruned'), uid: '3' },
    ];
    const events: DeployEvent[] = [
      { at: 0, type: 'stage.started', stage: 'apply' },
      applied('new', '4'),
      { at: 0, type: 'object.deleted', object: id('remade'), reason: 'recreated' },
      applied('remade', '5'),
      { at: 0, type: 'object.deleted', object: id('pruned'), reason: 'pruned' },
    ];
    expect(inventoryOfEvents(before, events).map(({ object, uid }) => [object.name, uid])).toEqual([
      ['kept', '1'],
      ['new', '4'],
      ['remade', '5'],
    ]);
  });
});
