import { describe, expect, it } from '@jest/globals';
import { operations, type DeploymentData, type ProgressEventData } from '@ushadow/contracts';
import fc from 'fast-check';
import { streamProgress } from './progress-stream.ts';

const deployment = { deployment_id: 'd', status: 'succeeded' } as DeploymentData;
const eventOf = (sequence: number) => ({ deployment_id: 'd', sequence }) as ProgressEventData;

/** A deployment of so many events whose table and live events a test moves on by hand. */
class FakeDeployment {
  readonly total: number;
  stored = 0;
  readonly pageSizes: number[] = [];
  private readonly listeners = new Set<(event: ProgressEventData) => void>();

  constructor(total: number) {
    this.total = total;
  }

  readonly bus = {
    listen: (_event: unknown, _key: unknown, heard: (event: never) => void) => {
      const listener = heard as (event: ProgressEventData) => void;
      this.listeners.add(listener);
      return () => this.listeners.delete(listener);
    },
  };

  readonly caller = {
    call: async (operation: unknown, input: unknown): Promise<never> => {
      if (operation === operations.getDeployment) return deployment as never;
      const { after, limit } = input as { after: number; limit: number };
      const events = Array.from({ length: this.stored }, (_, index) => eventOf(index + 1))
        .slice(after)
        .slice(0, limit);
      this.pageSizes.push(events.length);
      const status = this.stored === this.total ? 'succeeded' : 'running';
      return Promise.resolve({ events, status, last_sequence: this.stored } as never);
    },
  };

  /** Stores the next event; `heard`: whether its live message arrives. */
  advance(heard: boolean): void {
    this.stored = Math.min(this.total, this.stored + 1);
    if (heard) for (const listener of this.listeners) listener(eventOf(this.stored));
  }
}

describe('the progress of a deployment', () => {
  it('comes once and in order, over clients that are cut anywhere, with or without its live events', async () => {
    const plan = fc.record({
      total: fc.integer({ min: 1, max: 40 }),
      before: fc.integer({ min: 0, max: 40 }),
      heard: fc.infiniteStream(fc.boolean()),
      cuts: fc.array(fc.integer({ min: 1, max: 10 }), { maxLength: 6 }),
      eventsMax: fc.integer({ min: 1, max: 10 }),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ total, before, heard, cuts, eventsMax }) => {
        const fake = new FakeDeployment(total);
        for (let at = 0; at < Math.min(before, total); at += 1) fake.advance(false);
        const received: number[] = [];
        let ended = 0;
        for (const cut of [...cuts, Infinity]) {
          const abort = new AbortController();
          let taken = 0;
          const sink = {
            progress: (event: ProgressEventData) => {
              // The client that is cut has not taken this one.
              if (taken === cut) abort.abort();
              if (abort.signal.aborted) return Promise.resolve();
              taken += 1;
              received.push(event.sequence);
              fake.advance(heard.next().value as boolean);
              return Promise.resolve();
            },
            end: () => Promise.resolve(void (ended += 1)),
          };
          // Whatever is not told live is told by the last one.
          if (fake.stored < total) fake.advance(true);
          while (cut === Infinity && fake.stored < total) fake.advance(true);
          const parts = { caller: fake.caller as never, bus: fake.bus as never, sink, signal: abort.signal, eventsMax };
          const going = streamProgress(parts, 'd', received.at(-1) ?? 0);
          if (cut !== Infinity) setImmediate(() => abort.abort());
          await going;
          if (ended > 0) break;
        }
        expect(received).toEqual(Array.from({ length: total }, (_, index) => index + 1));
        expect(ended).toBe(1);
      }),
      { numRuns: 60 },
    );
  });

  it('is not read further for a client without room, and held only up to the limit', async () => {
    const fake = new FakeDeployment(1_000);
    fake.advance(false);
    const room = Promise.withResolvers<void>();
    const received: number[] = [];
    const sink = {
      progress: async (event: ProgressEventData) => {
        await room.promise;
        received.push(event.sequence);
      },
      end: () => Promise.resolve(),
    };
    const { signal } = new AbortController();
    const parts = { caller: fake.caller as never, bus: fake.bus as never, sink, signal, eventsMax: 10 };
    const going = streamProgress(parts, 'd', 0);
    await new Promise(setImmediate);
    while (fake.stored < 1_000) fake.advance(true);
    await new Promise(setImmediate);
    expect(fake.pageSizes).toEqual([1]);
    room.resolve();
    await going;
    expect(received).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 1));
    expect(Math.max(...fake.pageSizes)).toBe(10);
  });

  it('ends at once where the deployment ended so long ago that its events are gone, all or the first of them', async () => {
    for (const left of [0, 3]) {
      const received: number[] = [];
      const caller = {
        call: (operation: unknown, input: unknown) => {
          if (operation === operations.getDeployment) return Promise.resolve(deployment as never);
          const { after } = input as { after: number };
          const events = [10, 9, 8].slice(0, left).filter((sequence) => sequence > after);
          return Promise.resolve({
            events: events.toSorted((a, b) => a - b).map(eventOf),
            status: 'succeeded',
            last_sequence: 12,
          } as never);
        },
      };
      const ended: DeploymentData[] = [];
      const sink = {
        progress: ({ sequence }: ProgressEventData) => Promise.resolve(void received.push(sequence)),
        end: (last: DeploymentData) => Promise.resolve(void ended.push(last)),
      };
      const { signal } = new AbortController();
      const bus = new FakeDeployment(0).bus as never;
      await streamProgress({ caller: caller as never, bus, sink, signal, eventsMax: 10 }, 'd', 0);
      expect(received).toEqual([8, 9, 10].slice(0, left));
      expect(ended).toEqual([deployment]);
    }
  });

  it('ends when the client is cut while live events wait for it', async () => {
    const fake = new FakeDeployment(10);
    fake.advance(false);
    const abort = new AbortController();
    const received: number[] = [];
    const sink = {
      progress: ({ sequence }: ProgressEventData) => {
        received.push(sequence);
        for (let more = 0; more < 3; more += 1) fake.advance(true);
        if (received.length === 2) abort.abort();
        return Promise.resolve();
      },
      end: () => Promise.resolve(),
    };
    const { signal } = abort;
    const parts = { caller: fake.caller as never, bus: fake.bus as never, sink, signal, eventsMax: 10 };
    await streamProgress(parts, 'd', 0);
    expect(received).toEqual([1, 2]);
  });
});
