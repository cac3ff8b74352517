import { describe, expect, it } from '@jest/globals';
import { AddressPolicy, type AddressPolicyOptions } from './address-policy.ts';
import { resolveServer, type Lookup } from './resolve-host.ts';
import { ownEndpoints } from './own-endpoints.ts';

const policy = (options: Partial<AddressPolicyOptions> = {}) =>
  new AddressPolicy({
    allowLoopback: false,
    loopbackSetting: 'ALLOW_PRIVATE_CLUSTERS',
    allow: [],
    deny: [],
    ownEndpoints: [],
    ...options,
  });
const allows = (address: string, options?: Partial<AddressPolicyOptions>) =>
  policy(options).judge(address, 443).allowed;

describe('AddressPolicy', () => {
  it.each(['10.1.2.3', '172.16.0.1', '192.168.1.5', '100.64.0.9', '203.0.113.7', '2001:db8::1', 'fd12::1'])(
    'accepts %s: most API servers are on private networks',
    (address) => expect(allows(address)).toBe(true),
  );

  it.each([
    '169.254.169.254',
    '169.254.1.1',
    '100.100.100.200',
    '168.63.129.16',
    '0.0.0.0',
    '0.1.2.3',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    'fe80::1',
    'ff02::1',
    'fd00:ec2::254',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::a9fe:a9fe',
    '2002:a9fe:a9fe::',
    '::169.254.169.254',
  ])('never accepts %s, whatever the operator allows', (address) => {
    expect(allows(address, { allowLoopback: true, allow: ['0.0.0.0/0', '::/0'] })).toBe(false);
  });

  it.each(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', '64:ff9b::7f00:1'])(
    'accepts loopback %s only when told to',
    (address) => {
      expect(allows(address)).toBe(false);
      expect(allows(address, { allowLoopback: true })).toBe(true);
    },
  );

  it('lets the operator deny and allow networks', () => {
    expect(allows('10.1.2.3', { deny: ['10.0.0.0/8'] })).toBe(false);
    expect(allows('10.1.2.3', { deny: ['10.0.0.0/8'], allow: ['10.1.0.0/16'] })).toBe(true);
    expect(allows('127.0.0.1', { allow: ['127.0.0.1/32'] })).toBe(true);
  });

  it('never connects to a server of this installation', () => {
    const own = ownEndpoints(['nats://u:p@127.0.0.1:4222', 'postgresql://localhost/db']);
    expect(own).toEqual(['127.0.0.1:4222', '127.0.0.1:5432', '::1:5432']);
    const judged = policy({ allowLoopback: true, ownEndpoints: own });
    expect(judged.judge('127.0.0.1', 4222).allowed).toBe(false);
    expect(judged.judge('127.0.0.1', 6443).allowed).toBe(true);
    expect(judged.judge('::ffff:127.0.0.1', 5432).allowed).toBe(false);
  });
});

describe('resolveServer', () => {
  const names: Readonly<Record<string, readonly string[]>> = {
    'good.example': ['203.0.113.7', '2001:db8::7'],
    'mixed.example': ['203.0.113.7', '169.254.169.254'],
  };
  const look: Lookup = async (host) => names[host] ?? Promise.reject(new Error('ENOTFOUND'));
  const kindOf = async (server: string) => (await resolveServer(server, policy(), look)).kind;

  it('hands out every address it judged', async () => {
    expect(await resolveServer('https://good.example:6443', policy(), look)).toEqual({
      kind: 'allowed',
      addresses: ['203.0.113.7', '2001:db8::7'],
    });
  });

  it('refuses a name when any of its addresses is forbidden', async () => {
    expect(await kindOf('https://mixed.example')).toBe('forbidden');
  });

  it.each([
    'https://2852039166/',
    'https://0xa9fea9fe/',
    'https://0251.0376.0251.0376/',
    'https://169.254.169.254./',
    'https://[::ffff:169.254.169.254]/',
    'https://127.1:6443/',
    'https://0/',
  ])('sees through the spelling %s', async (server) => {
    expect(await kindOf(server)).toBe('forbidden');
  });

  it('says when a name does not resolve', async () => {
    expect(await kindOf('https://nowhere.example')).toBe('unresolved');
  });
});
