import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate, sql } from '@ushadow/postgres';
import { KeyRing } from '@ushadow/secrets';
import { rotateServiceKeys } from '@ushadow/service';
import { testDatabase, type TestDatabase } from '@ushadow/testing';
import { randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { ChannelVault } from '../channels/channel-vault.ts';
import { HookVault } from '../hooks/hook-vault.ts';
import { Database } from './database.store.ts';
import { sealedData } from './sealed-data.store.ts';

const [oldKey, newKey] = ['old', 'new'].map((id) => ({ id, bytes: randomBytes(32) })) as [Key, Key];
type Key = { readonly id: string; readonly bytes: Buffer };
const spell = (...keys: readonly Key[]) => keys.map(({ id, bytes }) => `${id}:${bytes.toString('base64')}`).join(',');

describe('what the notifier has sealed', () => {
  const migrations = new URL('../../migrations', import.meta.url);
  const ids = { channel: randomUUID(), hook: randomUUID(), open: randomUUID() };
  const secrets = { url: 'https://hooks.example/T0/secret', signingKey: 'whsec_x', password: 'p' };
  let test: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    test = await testDatabase();
    const { ownerUrls, urls } = test;
    const runningRole = new URL(urls.notifications).username;
    await migrate({ url: ownerUrls.notifications, directory: fileURLToPath(migrations), runningRole });
    database = new Database(urls.notifications);
    const ring = new KeyRing([oldKey]);
    const [channels, hooks] = [new ChannelVault(ring), new HookVault(ring)];
    await database.postgres.count(sql`
      INSERT INTO notifications.channels (id, name, kind, target, is_signed, allow_plaintext, rules, envelope, created_by)
      VALUES (${ids.channel}::uuid, 'one', 'webhook', 't', true, false, '[]', ${channels.seal(ids.channel, secrets)}, 'a')`);
    await database.postgres.count(sql`
      INSERT INTO notifications.hooks (id, stack_id, name, token_digest, envelope, services, any_repository, created_by)
      VALUES (${ids.hook}::uuid, gen_random_uuid(), 'signed', 'a', ${hooks.seal(ids.hook, 'key of the hook')}, '{}', false, 'a'),
             (${ids.open}::uuid, gen_random_uuid(), 'unsigned', 'b', NULL, '{}', false, 'a')`);
  }, 60_000);
  afterAll(async () => {
    await database?.close();
    await test?.drop();
  });

  const rotate = (keys: string): Promise<number> =>
    rotateServiceKeys({
      environment: { USHADOW_KEYS: keys, AUDIT_KEYS: spell(oldKey), DATABASE_URL: test.urls.notifications },
      migrations,
      openDatabase: (url) => new Database(url),
      sealedData,
    });

  it('is opened by the new key alone after a rotation: channels, and the keys of hooks where they have one', async () => {
    expect(await rotate(spell(newKey, oldKey))).toBe(0);
    const rows = await database.postgres.rows<{ id: string; envelope: string | null; keyId: string | null }>(sql`
      SELECT id, envelope, key_id AS "keyId" FROM notifications.channels
       UNION ALL SELECT id, envelope, key_id FROM notifications.hooks`);
    const envelopes = new Map(rows.map(({ id, envelope }) => [id, envelope]));
    const ring = new KeyRing([newKey]);
    expect(new ChannelVault(ring).open(ids.channel, envelopes.get(ids.channel) ?? '')).toEqual(secrets);
    expect(new HookVault(ring).open(ids.hook, envelopes.get(ids.hook) ?? '')).toBe('key of the hook');
    expect(envelopes.get(ids.open)).toBeNull();
    expect(rows.map(({ keyId }) => keyId).sort()).toEqual([null, 'new', 'new'].sort());
  });
});
