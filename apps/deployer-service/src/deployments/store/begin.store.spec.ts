import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@ushadow/contracts';
import type { AuditTrail } from '@ushadow/postgres';
import type { Database } from '../../store/database.store.ts';
import { BeginStore, type Begun } from './begin.store.ts';
import type { NewDeployment } from '../new-deployment.ts';

const unknown = () => new DomainError('OUTCOME_UNKNOWN', 'unavailable', 'no answer');
const draft = { id: 'd' } as NewDeployment;
const begun = { kind: 'begun' } as Begun;

/** Answers each transaction in turn. */
function storeWith(...answers: readonly (Begun | Error)[]) {
  const left = [...answers];
  const transaction = () => {
    const answer = left.shift();
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { store: new BeginStore({ postgres: { transaction } } as unknown as Database, {} as AuditTrail), left };
}

describe('a deployment whose storing was not answered', () => {
  it('is asked for again under the same id, and is there', async () => {
    const { store, left } = storeWith(unknown(), begun);
    expect(await store.begin(draft, undefined)).toBe(begun);
    expect(left).toEqual([]);
  });

  it('is told as unknown, with the id to look for, when that is not answered either', async () => {
    const away = new DomainError('STORE_UNAVAILABLE', 'unavailable', 'away');
    const { store } = storeWith(unknown(), away);
    const error = await store.begin(draft, undefined).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'OUTCOME_UNKNOWN', details: { deployment_id: 'd' } });
  });

  it('is not asked for again when it was refused', async () => {
    const { store, left } = storeWith(new Error('refused'), begun);
    await expect(store.begin(draft, undefined)).rejects.toThrow('refused');
    expect(left).toEqual([begun]);
  });
});
