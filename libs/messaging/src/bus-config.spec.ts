import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { nkeys } from '@nats-io/transport-node';
import { natsUsers, type NatsUser } from '@ushadow/contracts';
import { generateSealKeys } from '@ushadow/secrets';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { busOptions, busSettings, identityProblems, transportProblems } from './bus-config.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const identityFile = (folder: string, user: NatsUser): string => join(folder, `${user}.json`);
const servicesFile = (folder: string): string => join(folder, 'services.json');

async function writeKeys(folder: string): Promise<void> {
  const known: Record<string, unknown> = {};
  for (const user of natsUsers) {
    const [pair, box] = [nkeys.createUser(), generateSealKeys()];
    const own = { user, nkey: text(pair.getSeed()), xkey: text(box.seed) };
    await writeFile(identityFile(folder, user), JSON.stringify(own), { mode: 0o600 });
    known[user] = { nkey: pair.getPublicKey(), xkey: box.publicKey };
  }
  await writeFile(servicesFile(folder), JSON.stringify(known));
}

describe('the settings of the bus', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bus-config-'));
    await writeKeys(folder);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const read = (identity: string, services = servicesFile(folder)) =>
    busSettings.safeParse({ NATS_IDENTITY: identity, NATS_SERVICES: services });
  const settings = (user: 'cluster' | 'gateway', services?: string) => ({
    ...busSettings.parse({
      NATS_IDENTITY: identityFile(folder, user),
      NATS_SERVICES: services ?? servicesFile(folder),
    }),
    NATS_URL: 'nats://127.0.0.1:4222',
    USHADOW_PROFILE: 'production',
  });

  it('take a service onto the bus with its own keys and everybody’s public ones', () => {
    const { identity } = busOptions(settings('cluster'), 'cluster');
    expect(identity.user).toBe('cluster');
    expect(identity.sealKeys.publicKey).toBe(identity.services.cluster);
    expect(new Set(Object.values(identity.services)).size).toBe(9);
  });

  it('refuse the identity of another service, and a key that is not the registered one', async () => {
    expect(identityProblems(settings('gateway'), 'cluster')).toEqual([
      'NATS_IDENTITY: is the identity of gateway, and this is cluster',
    ]);
    const elsewhere = join(folder, 'other');
    await mkdir(elsewhere);
    await writeKeys(elsewhere);
    expect(identityProblems(settings('cluster', servicesFile(elsewhere)), 'cluster')).toEqual([
      expect.stringContaining('has another key for cluster than NATS_IDENTITY'),
    ]);
  });

  it('name the file and what is wrong with it, and repeat nothing of what is in it', async () => {
    const seed = (JSON.parse(await readFile(identityFile(folder, 'cluster'), 'utf8')) as { nkey: string }).nkey;
    const bad = join(folder, 'bad.json');
    const contents = [
      '',
      'no JSON',
      '{}',
      JSON.stringify({ user: 'cluster', nkey: `${seed}x`, xkey: seed, more: seed }),
    ];
    for (const content of contents) {
      await writeFile(bad, content);
      await chmod(bad, 0o600);
      const problem = JSON.stringify(read(bad).error?.issues);
      expect(problem).toContain(bad);
      expect(problem).not.toContain(seed.slice(0, 10));
    }
    expect(read(join(folder, 'nowhere')).success).toBe(false);
  });

  it.each([
    ['tls://nats.example.com:4222', 'production', 0],
    ['nats://nats.example.com:4222', 'production', 1],
    ['nats.example.com', 'production', 1],
    ['nats://10.0.0.1:4222', 'production', 1],
    ['nats://127.0.0.1:4222,nats://localhost:4223', 'production', 0],
    ['nats://nats.example.com:4222', 'development', 0],
    ['tls://a:4222,nats://127.0.0.1:4222', 'development', 1],
    ['https://a', 'development', 1],
  ])('%s in %s has %d problems: nothing crosses a network in clear', (NATS_URL, USHADOW_PROFILE, count) => {
    expect(transportProblems({ NATS_URL, USHADOW_PROFILE, NATS_CERT: undefined, NATS_KEY: undefined })).toHaveLength(
      count,
    );
  });

  it('want both halves of a client certificate', () => {
    const url = { NATS_URL: 'tls://a', USHADOW_PROFILE: 'production' };
    expect(transportProblems({ ...url, NATS_CERT: '/c', NATS_KEY: undefined })).toEqual([
      expect.stringContaining('one of them'),
    ]);
  });
});
