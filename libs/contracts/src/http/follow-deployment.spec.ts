import { describe, expect, it } from '@jest/globals';
import { clusterTarget } from '../target.ts';
import { followDeployment } from './follow-deployment.ts';
import type { FollowPorts, StreamConnection } from './follow-events.ts';

const id = '00000000-0000-4000-8000-000000000001';
const time = '2026-01-01T00:00:00.000Z';
const progress = (sequence: number): string => {
  const data = { deployment_id: id, sequence, attempt: 1, time, type: 't', message: 'm', data: {} };
  return `id: ${String(sequence)}\nevent: progress\ndata: ${JSON.stringify(data)}\n\n`;
};
const ended = {
  ...{ deployment_id: id, target: clusterTarget('0123456789abcdef'), namespace: 'n', project: 'p', services: ['s'] },
  stack_id: id,
  ...{ kind: 'deploy', revision: 1, based_on: null, status: 'succeeded', verdict: null, ending: null, objects: [] },
  options: {
    ...{ deadline_seconds: 1, stall_seconds: 1, take_over: false, recreate: 'jobs' },
    ...{ rollback: true, prune: true, delete_claims: [], adopt: [] },
  },
  ...{ plan_id: null, plan_hash: null, message: null, actor: 'a', request_id: 'r', attempt: 1, last_sequence: 3 },
  ...{ created_at: time, started_at: null, finished_at: null },
};
const end = `event: end\ndata: ${JSON.stringify(ended)}\n\n`;

/** Connections that give these pieces and then end; what is asked for is noted. */
function ports(connections: readonly (readonly string[] | 'silent' | number)[]) {
  const asked: string[] = [];
  const waits: number[] = [];
  let used = 0;
  const given: FollowPorts = {
    baseUrl: 'http://gateway',
    open: (_url, headers, closed) => {
      asked.push(headers['last-event-id'] ?? '');
      const next = connections[used++] ?? [];
      return Promise.resolve(typeof next === 'number' ? refusal(next) : connection(next, closed));
    },
    after: (milliseconds, done) => {
      waits.push(milliseconds);
      // Silence is only waited for by a connection that says nothing.
      const due = milliseconds < 45_000 || connections[used - 1] === 'silent';
      if (due) queueMicrotask(done);
      return () => undefined;
    },
  };
  return { given, asked, waits };
}

function connection(pieces: readonly string[] | 'silent', closed: (close: () => void) => void): StreamConnection {
  const rest = pieces === 'silent' ? [] : [...pieces];
  const read = (): Promise<string | undefined> =>
    pieces === 'silent'
      ? new Promise((_resolve, reject) => {
          closed(() => {
            reject(new Error('closed'));
          });
        })
      : Promise.resolve(rest.shift());
  return { ok: true, status: 200, json: () => Promise.resolve(null), read };
}

function refusal(status: number): StreamConnection {
  const kind = status === 404 ? 'not-found' : 'unavailable';
  const body = { code: 'X', kind, message: 'm', retryable: false };
  return { ok: false, status, json: () => Promise.resolve(body), read: () => Promise.resolve(undefined) };
}

function follow(connections: Parameters<typeof ports>[0]) {
  const { given, asked, waits } = ports(connections);
  const seen: number[] = [];
  return new Promise<{ seen: number[]; asked: string[]; waits: number[]; end: string }>((resolve) => {
    const done = (text: string): void => {
      resolve({ seen, asked, waits, end: text });
    };
    followDeployment(
      id,
      {
        onProgress: (event) => seen.push(event.sequence),
        onEnd: (deployment) => {
          done(deployment.status);
        },
        onRefused: (error) => {
          done(error.code);
        },
      },
      given,
    );
  });
}

describe('following a deployment', () => {
  it('goes on after a lost connection with what comes next, each event once', async () => {
    const { seen, asked } = await follow([
      [progress(1), progress(2)],
      [progress(2), progress(3), end],
    ]);
    expect(seen).toEqual([1, 2, 3]);
    expect(asked).toEqual(['0', '2']);
  });

  it('gives up a connection that stays silent, and a gateway that is away is tried again', async () => {
    const { seen, asked } = await follow(['silent', 503, [progress(1), end]]);
    expect(seen).toEqual([1]);
    expect(asked).toEqual(['0', '0', '0']);
  });

  it('waits longer each time, and starts again once something came', async () => {
    const { waits } = await follow([[], [], [progress(1)], [end]]);
    expect(waits.filter((milliseconds) => milliseconds < 45_000)).toEqual([500, 1_000, 500]);
  });

  it('ends when the gateway says in the midst that it cannot be followed, with its reason', async () => {
    const failure = (kind: string): string =>
      `event: failure\ndata: ${JSON.stringify({ code: 'GONE', kind, message: 'm', retryable: false })}\n\n`;
    expect(await follow([[progress(1), failure('not-found')]])).toMatchObject({ end: 'GONE', seen: [1] });
    const { end: status, asked } = await follow([[progress(1), failure('unexpected')], [end]]);
    expect([status, asked]).toEqual(['succeeded', ['0', '1']]);
  });

  it('ends when there is no such deployment', async () => {
    expect(await follow([404])).toMatchObject({ end: 'X', seen: [] });
  });
});
