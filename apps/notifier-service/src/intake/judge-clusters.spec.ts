import { describe, expect, it } from '@jest/globals';
import type { ClusterData } from '@ushadow/contracts';
import type { ClusterState } from './cluster-state.store.ts';
import { judgeClusters } from './judge-clusters.ts';

const now = new Date('2026-01-10T00:00:00.000Z');
const judging = { now, publicUrl: 'https://ushadow.example', soonDays: 14 };
const cluster = (more: Partial<ClusterData> = {}) =>
  ({
    ...{ cluster_id: '0123456789abcdef', name: 'prod', status: 'connected', status_reason: null },
    ...{ status_since: '2026-01-09T00:00:00.000Z', credential_expires_at: null },
    ...more,
  }) as ClusterData;

/** Judges one state of a cluster after another; gives the titles of what is told each time. */
function follow(...seen: readonly ClusterData[]): string[][] {
  let known = new Map<string, ClusterState>();
  return seen.map((each) => {
    const { states, told } = judgeClusters([each], known, judging);
    known = new Map(states.map((state) => [state.id, state]));
    return told.map(({ notification }) => notification.title);
  });
}

describe('what is told of clusters', () => {
  it('is a status that is another than the one before, once, and nothing of one that is new', () => {
    const away = cluster({ status: 'unreachable', status_reason: 'It does not answer.' });
    expect(follow(cluster(), away, away, cluster())).toEqual([
      [],
      ['Cluster prod cannot be reached'],
      [],
      ['Cluster prod is connected again'],
    ]);
  });

  it('is a credential that expires soon, and again when it has expired; not one that was replaced', () => {
    const ends = (at: string) => cluster({ credential_expires_at: at });
    expect(
      follow(
        ends('2026-03-01T00:00:00.000Z'),
        ends('2026-01-12T00:00:00.000Z'),
        ends('2026-01-12T00:00:00.000Z'),
        ends('2026-01-09T00:00:00.000Z'),
        ends('2026-01-09T00:00:00.000Z'),
        ends('2027-01-09T00:00:00.000Z'),
      ),
    ).toEqual([
      [],
      ['The credential of cluster prod expires in 2 days'],
      [],
      ['The credential of cluster prod has expired'],
      [],
      [],
    ]);
  });

  it('has the same id whoever finds it', () => {
    const before = new Map([['0123456789abcdef', { status: 'unreachable' } as ClusterState]]);
    const ids = [1, 2].map(() => judgeClusters([cluster()], before, judging).told.map(({ eventId }) => eventId));
    expect(ids[0]).toEqual(['cluster 0123456789abcdef connected 2026-01-09T00:00:00.000Z']);
    expect(ids[1]).toEqual(ids[0]);
  });
});
