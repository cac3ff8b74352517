import { describe, expect, it } from '@jest/globals';
import type { AuditEntryData } from '@ushadow/contracts';
import { Unsendable, type Claimed } from '@ushadow/postgres';
import { KeyRing } from '@ushadow/secrets';
import { publishEntry } from './publish-entry.ts';
import { WrittenTrail } from './testing/written-trail.ts';

const trail = new WrittenTrail();
const entry = trail.add('api_keys.openai');

/** Publishes a payload; gives what the stream got. */
async function published(payload: unknown, knowsAnother = false): Promise<AuditEntryData[]> {
  const received: AuditEntryData[] = [];
  const record = (each: AuditEntryData) => Promise.resolve(!knowsAnother && received.push(each) > 0);
  const message: Claimed = { id: 'm', kind: 'audit', payload, actor: 'a', requestId: 'r', aggregate: 'audit' };
  await publishEntry(trail, { record })(message);
  return received;
}

describe('an entry in the outbox', () => {
  it('is published as it was written, also when its fields come in another order', async () => {
    const reversed = Object.fromEntries(Object.entries(entry).reverse());
    expect(await published(reversed)).toEqual([entry]);
  });

  it.each<[string, unknown]>([
    ['was changed', { ...entry, actor: 'nobody' }],
    ['was made by somebody without the key', { ...entry, sequence: 1_000_000, seal: 'f'.repeat(64) }],
    ['is of another service', { ...entry, service: 'cluster' }],
    ['names a key that is not ours', { ...entry, key_id: 'other' }],
    ['is no entry', { sequence: 1 }],
  ])('that %s is set aside, so that the database cannot publish anything', async (_name, payload) => {
    await expect(published(payload)).rejects.toBeInstanceOf(Unsendable);
  });

  it('that another process sealed with a key that this one does not have yet is left to those that do', async () => {
    const message: Claimed = {
      ...{ id: 'm', kind: 'audit', payload: entry, actor: 'a', requestId: 'r' },
      aggregate: 'a',
    };
    const { service, at } = trail;
    const keys = new KeyRing([{ id: 'before', bytes: Buffer.alloc(32, 4) }]);
    const publishing = publishEntry({ service, at, keys }, { record: () => Promise.resolve(true) })(message);
    await expect(publishing).rejects.toThrow('entry 1 of the compiler-service was sealed with key test');
    await expect(publishing).rejects.not.toBeInstanceOf(Unsendable);
  });

  it('is set aside in so many words when the stream has another one under its number', async () => {
    await expect(published(entry, true)).rejects.toThrow(
      'entry 1 of the compiler-service is another one than the stream was told of',
    );
  });
});
