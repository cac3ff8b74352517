import { describe, expect, it } from '@jest/globals';
import { deployment, event, kube, readyPod, replicaSet } from '../../testing/objects.ts';
import { eventsAbout } from './events-about.ts';
import { foldEvents } from './fold-events.ts';

const web = readyPod('web-5d4f7c-x2b9q', 'ReplicaSet-web-5d4f7c');

describe('events', () => {
  it('R107 are one for the same object, reason and message: counted, from the first to the last, newest first', () => {
    const at = (second: number): string => `2026-01-01T00:00:0${second}Z`;
    const events = [
      event('a', web, {
        type: 'Warning',
        reason: 'Failed',
        message: 'no such image',
        count: 3,
        firstTimestamp: at(2),
        lastTimestamp: at(4),
      }),
      event('b', web, { type: 'Normal', reason: 'Pulling', message: 'pulling', eventTime: at(5) }),
      event('c', web, {
        type: 'Warning',
        reason: 'Failed',
        message: 'no such image',
        count: 2,
        firstTimestamp: at(1),
        lastTimestamp: at(3),
      }),
      event('d', web, {
        type: 'Normal',
        reason: 'Scheduled',
        message: 'placed',
        series: { count: 4, lastObservedTime: at(1) },
      }),
    ];
    const folded = foldEvents(events, 10);
    expect(folded.map(({ reason, count, first, last }) => [reason, count, first, last])).toEqual([
      ['Pulling', 1, at(5), at(5)],
      ['Failed', 5, at(1), at(4)],
      ['Scheduled', 4, '2026-01-01T00:00:00Z', at(1)],
    ]);
    expect(folded[1]?.object).toBe('Pod/shop/web-5d4f7c-x2b9q');
    expect(foldEvents(events, 1)).toHaveLength(1);
  });

  it('of an object are those of its children too, also of children that are gone', () => {
    const isAbout = eventsAbout([deployment('web', 1, 1), replicaSet('web-5d4f7c', 'Deployment-web', 1), web]);
    const of = (kind: string, name: string) => isAbout(event('e', kube(kind, name, { uid: 'gone' }), {}));
    expect(isAbout(event('e', web, {}))).toBe(true);
    expect(of('Pod', 'web-5d4f7c-zz9qx')).toBe(true);
    expect(of('ReplicaSet', 'web-6f5b9c')).toBe(true);
    expect(of('Pod', 'web-admin')).toBe(false);
    expect(of('Pod', 'web-admin-5d4f7c-zz9qx')).toBe(false);
    expect(of('Service', 'web-5d4f7c-zz9qx')).toBe(false);
  });
});
