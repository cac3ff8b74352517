import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EventEmitter } from 'node:events';
import pg from 'pg';
import { LIMITS } from './limits.ts';
import { Postgres } from './postgres.ts';
import { sql } from './sql.ts';

type Answer = 'ok' | 'refused' | 'silent' | 'ended' | 'undone';
const COMMIT = 'COMMIT';

const refused = (code: string): pg.DatabaseError =>
  Object.assign(new pg.DatabaseError('refused', 7, 'error'), { code, severity: 'ERROR' });

/** One connection that answers each statement in turn as it is told, and `ok` from then on. */
class FakeClient extends EventEmitter {
  readonly asked: string[] = [];
  readonly #answers: Answer[];
  #status: 'I' | 'T' | 'E' = 'I';
  released: Error | undefined | 'not yet' = 'not yet';

  constructor(answers: readonly Answer[]) {
    super();
    this.#answers = [...answers];
  }

  query({ text }: { text: string }): Promise<{ command: string; rows: unknown[]; rowCount: number }> {
    this.asked.push(text);
    const answer = this.#answers.shift() ?? 'ok';
    if (answer === 'silent') return Promise.reject(new Error('Query read timeout'));
    if (answer === 'ended') return Promise.reject(refused('57P01'));
    if (answer === 'refused') {
      this.#status = text === COMMIT || this.#status === 'I' ? 'I' : 'E';
      return Promise.reject(refused('23505'));
    }
    const isUndone = text === COMMIT && (answer === 'undone' || this.#status === 'E');
    if (text.startsWith('BEGIN')) this.#status = 'T';
    if (text === COMMIT || text === 'ROLLBACK') this.#status = 'I';
    return Promise.resolve({ command: isUndone ? 'ROLLBACK' : (text.split(' ')[0] ?? ''), rows: [], rowCount: 1 });
  }

  getTransactionStatus = () => this.#status;

  release(error?: Error): void {
    this.released = error;
  }
}

function over(client: FakeClient, limits = LIMITS): Postgres {
  return new Postgres({ connect: () => Promise.resolve(client as unknown as pg.PoolClient), limits } as never);
}

const change = sql`UPDATE x SET y = ${1}`;

describe('a transaction', () => {
  it('begins with its isolation, and ends with a commit', async () => {
    const client = new FakeClient([]);
    const result = await over(client).transaction((queries) => queries.count(change), { isolation: 'serializable' });
    expect(result).toBe(1);
    expect(client.asked).toEqual(['BEGIN ISOLATION LEVEL serializable', 'UPDATE x SET y = $1', COMMIT]);
    expect(client.released).toBeUndefined();
  });

  it('is undone when the work throws, and its connection is good for the next one', async () => {
    const client = new FakeClient([]);
    const failing = over(client).transaction(() => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(client.asked.at(-1)).toBe('ROLLBACK');
    expect(client.released).toBeUndefined();
  });

  it('never gives a connection back that has waited in vain, and asks nothing more over it', async () => {
    const client = new FakeClient(['ok', 'silent']);
    const failing = over(client).transaction((queries) => queries.count(change));
    await expect(failing).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(client.asked).toHaveLength(2);
    expect(client.released).toBeInstanceOf(Error);
  });

  it('cannot be committed after a statement of it got no answer, whatever the work makes of that', async () => {
    const client = new FakeClient(['ok', 'silent']);
    const failing = over(client).transaction((queries) => queries.count(change).catch(() => 0));
    await expect(failing).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(client.asked).not.toContain(COMMIT);
  });

  it('is not told as stored when the server has undone it because a statement had failed', async () => {
    const client = new FakeClient(['ok', 'refused']);
    const failing = over(client).transaction((queries) => queries.count(change).catch(() => 0));
    await expect(failing).rejects.toThrow('undone');
  });

  it.each(['silent', 'ended'] as const)('whose commit is %s is neither done nor failed', async (answer) => {
    const client = new FakeClient(['ok', answer]);
    const failing = over(client).transaction(() => Promise.resolve());
    await expect(failing).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN', kind: 'unavailable' });
    expect(client.released).toBeInstanceOf(Error);
  });

  it('whose commit is refused has failed, as the server says', async () => {
    const failing = over(new FakeClient(['ok', 'refused'])).transaction(() => Promise.resolve());
    await expect(failing).rejects.toMatchObject({ code: '23505' });
  });

  it('takes nothing more once it is over', async () => {
    const client = new FakeClient([]);
    const queries = await over(client).transaction((inner) => Promise.resolve(inner));
    await expect(queries.count(change)).rejects.toThrow('over');
    expect(client.asked).not.toContain('UPDATE x SET y = $1');
  });

  it('is not begun to be stored after its time', async () => {
    const client = new FakeClient([]);
    const failing = over(client, { ...LIMITS, transaction: -1 }).transaction(() => Promise.resolve());
    await expect(failing).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(client.asked).not.toContain(COMMIT);
  });

  it('without a connection has done nothing', async () => {
    const away = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    const postgres = new Postgres({ connect: () => Promise.reject(away), limits: LIMITS } as never);
    await expect(postgres.transaction(() => Promise.resolve())).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('survives a session that is ended between two statements', async () => {
    const client = new FakeClient([]);
    const failing = over(client).transaction(() => Promise.resolve(client.emit('error', refused('25P03'))));
    await expect(failing).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(client.released).toBeInstanceOf(Error);
  });

  it('is told as stored only when the server has said so, and leaves a clean connection or none', async () => {
    const answers = fc.array(fc.constantFrom<Answer>('ok', 'ok', 'refused', 'silent', 'ended', 'undone'), {
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(answers, fc.integer({ min: 0, max: 4 }), fc.boolean(), async (given, statements, swallows) => {
        const client = new FakeClient(given);
        const work = over(client).transaction(async (queries) => {
          for (let left = statements; left > 0; left--) {
            await queries.count(change).catch((error: unknown) => {
              if (!swallows) throw error;
            });
          }
        });
        const outcome = await work.then(
          () => 'stored',
          (error: { code?: string }) => (error.code === 'OUTCOME_UNKNOWN' ? 'unknown' : 'not stored'),
        );
        const committed = client.asked.indexOf(COMMIT);
        const answer = committed === -1 ? 'none' : (given[committed] ?? 'ok');
        if (outcome === 'stored') expect(answer).toBe('ok');
        expect(outcome === 'unknown').toBe(answer === 'silent' || answer === 'ended');
        expect(client.released instanceof Error || client.getTransactionStatus() === 'I').toBe(true);
        expect(client.listenerCount('error')).toBe(0);
      }),
    );
  });
});

describe('a statement of its own', () => {
  it('whose answer is lost may have been stored', async () => {
    const client = new FakeClient(['silent']);
    await expect(over(client).count(change)).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(client.released).toBeInstanceOf(Error);
  });

  it('that is refused leaves the connection as it was', async () => {
    const client = new FakeClient(['refused']);
    await expect(over(client).rows(change)).rejects.toMatchObject({ code: '23505' });
    expect(client.released).toBeUndefined();
  });
});
