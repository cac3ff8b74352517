import { describe, expect, it } from '@jest/globals';
import type { TreeNodeData } from '@ushadow/contracts';
import { maskedEvent, maskedNode } from './masked-node.ts';

const SECRET = 'hunter2-hunter2';
const mask = (text: string): string => text.replaceAll(SECRET, '[redacted]');
const common = { id: 'x', parent: null, name: 'x', health: 'failed', message: `refused: ${SECRET}` } as const;

describe('what is told of a stack', () => {
  it('has nothing secret in what containers, nodes and controllers say', () => {
    const container: TreeNodeData = {
      ...common,
      type: 'container',
      ...{ role: 'main', image: 'i', digest: null, state: 'terminated', since: null, restarts: 1 },
      last_exit: { code: 1, signal: null, reason: 'Error', message: `no ${SECRET}`, at: null },
    };
    expect(maskedNode(container, mask)).toMatchObject({
      message: 'refused: [redacted]',
      last_exit: { message: 'no [redacted]', code: 1 },
    });
    const route: TreeNodeData = {
      ...common,
      ...{ type: 'route', kind: 'HTTPRoute', created_at: null, services: [], hosts: [], addresses: [] },
      conditions: [{ about: 'a', type: 'Accepted', status: 'False', reason: 'No', message: SECRET }],
    };
    expect(maskedNode(route, mask)).toMatchObject({ conditions: [{ message: '[redacted]', type: 'Accepted' }] });
    const event = { apiVersion: 'v1', kind: 'Event', metadata: { name: 'e' }, message: `failed: ${SECRET}` };
    expect(maskedEvent(event, mask)).toMatchObject({ message: 'failed: [redacted]' });
  });
});
