import { describe, expect, it } from '@jest/globals';
import { fromCurveSeed, fromSeed } from '@nats-io/nkeys';
import { natsUsers } from '@ushadow/contracts';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityFile, makeBusKeys, writeBusKeys } from './bus-keys.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('keys of the users of a NATS server', () => {
  it('are what NATS’s own library makes of the seeds', () => {
    const keys = makeBusKeys();
    for (const user of natsUsers) {
      expect(fromSeed(bytes(keys[user].nkeySeed)).getPublicKey()).toBe(keys[user].nkey);
      expect(fromCurveSeed(bytes(keys[user].xkeySeed)).getPublicKey()).toBe(keys[user].xkey);
    }
  });

  it('are others for each user and each time', () => {
    const all = [makeBusKeys(), makeBusKeys()].flatMap((keys) =>
      natsUsers.flatMap((user) => Object.values(keys[user])),
    );
    expect(new Set(all).size).toBe(all.length);
  });

  it('are written to files that their owner alone can read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bus-keys-'));
    try {
      await writeBusKeys(join(folder, 'bus'), makeBusKeys());
      expect((await stat(join(folder, 'bus'))).mode & 0o777).toBe(0o700);
      for (const user of natsUsers)
        expect((await stat(identityFile(join(folder, 'bus'), user))).mode & 0o777).toBe(0o600);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
