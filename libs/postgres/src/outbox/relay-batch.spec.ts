import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Unsendable } from './outbox-message.ts';
import type { Claimed, OutboxTable, Settlement } from './outbox-table.ts';
import { relayBatch } from './relay-batch.ts';

const message = (id: string, aggregate: string | null): Claimed => ({
  ...{ id, aggregate, kind: 'k', payload: {}, actor: 'a', requestId: 'r' },
});

/** A table with these messages; gives what was settled. */
function tableOf(messages: readonly Claimed[]) {
  const settled: Settlement[] = [];
  const table = {
    claim: () => Promise.resolve(messages),
    settle: (_claim: string, settlement: Settlement) => void settled.push(settlement),
  } as unknown as OutboxTable;
  const postgres = {
    transaction: <T>(work: (queries: never) => Promise<T>) => work(undefined as never),
    count: () => Promise.resolve(1),
  };
  return { table, postgres, settled };
}

const pause = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('relayBatch', () => {
  const fates = fc.array(
    fc.record({ aggregate: fc.constantFrom(null, 'a', 'b'), fate: fc.constantFrom('sent', 'sent', 'fails', 'never') }),
    { maxLength: 60 },
  );

  it('keeps the order of each aggregate, lets nobody wait for another one, and settles each message once', async () => {
    await fc.assert(
      fc.asyncProperty(fates, async (drawn) => {
        const messages = drawn.map(({ aggregate }, index) => message(String(index), aggregate));
        const { table, postgres, settled } = tableOf(messages);
        const tried: Claimed[] = [];
        const aside: string[] = [];
        const send = async (each: Claimed): Promise<void> => {
          tried.push(each);
          await pause();
          const { fate } = drawn[Number(each.id)] ?? {};
          if (fate === 'never') throw new Unsendable('no');
          if (fate === 'fails') throw new Error('away');
        };
        await relayBatch({ postgres, table, send, onSetAside: ({ id }) => aside.push(id) });
        for (const aggregate of ['a', 'b']) {
          const own = drawn.flatMap((each, index) =>
            each.aggregate === aggregate ? [{ ...each, id: String(index) }] : [],
          );
          const until = own.findIndex(({ fate }) => fate === 'fails');
          const expected = until === -1 ? own : own.slice(0, until + 1);
          expect(tried.filter((each) => each.aggregate === aggregate).map(({ id }) => id)).toEqual(
            expected.map(({ id }) => id),
          );
        }
        expect(tried.filter((each) => each.aggregate === null)).toHaveLength(
          drawn.filter((each) => each.aggregate === null).length,
        );
        if (messages.length === 0) return;
        const [{ sent, failed, setAside }] = settled as [Settlement];
        const all = [...sent, ...failed, ...setAside.map(({ id }) => id)];
        expect(all.toSorted()).toEqual(messages.map(({ id }) => id).toSorted());
        expect(aside.toSorted()).toEqual(setAside.map(({ id }) => id).toSorted());
      }),
    );
  });

  it('sends many at once, and no more than a bus can take', async () => {
    let now = 0;
    let most = 0;
    const { table, postgres } = tableOf(Array.from({ length: 100 }, (_, index) => message(String(index), null)));
    const send = async (): Promise<void> => {
      most = Math.max(most, ++now);
      await pause();
      now--;
    };
    const result = await relayBatch({ postgres, table, send, onSetAside: () => undefined });
    expect(most).toBe(16);
    expect(result).toEqual({ sent: 100, isFull: true, failure: undefined });
  });
});
