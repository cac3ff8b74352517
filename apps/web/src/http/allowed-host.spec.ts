import { describe, expect, it } from '@jest/globals';
import { isAllowedRequest } from './allowed-host.ts';

const loopback = ['localhost', '127.0.0.1', '[::1]'];
const ask = (host: string | null, origin: string | null = null, scheme = 'http') => ({ host, origin, scheme });

describe('isAllowedRequest', () => {
  it.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST'])('serves loopback: %s', (host) => {
    expect(isAllowedRequest(ask(host), { hosts: loopback })).toBe(true);
  });

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:3000', '', null])(
    'refuses other hosts: %s',
    (host) => {
      expect(isAllowedRequest(ask(host), { hosts: loopback })).toBe(false);
    },
  );

  it('serves a host that the operator lists', () => {
    expect(isAllowedRequest(ask('ushadow.example:8443'), { hosts: ['ushadow.example'] })).toBe(true);
  });

  it.each(['http://evil.example', 'http://localhost:9999', 'http://localhost', 'https://localhost:3000', 'null', ''])(
    'refuses a request that another site started: %s',
    (origin) => {
      expect(isAllowedRequest(ask('localhost:3000', origin), { hosts: loopback })).toBe(false);
    },
  );

  it('serves a request of its own page', () => {
    expect(isAllowedRequest(ask('localhost:3000', 'http://localhost:3000'), { hosts: loopback })).toBe(true);
    expect(isAllowedRequest(ask('localhost:443', 'https://localhost', 'https'), { hosts: loopback })).toBe(true);
  });

  it('serves pages of the origins that are listed, and no others', () => {
    const sites = { hosts: loopback, origins: ['https://ushadow.example'] };
    expect(isAllowedRequest(ask('localhost:3000', 'https://ushadow.example'), sites)).toBe(true);
    expect(isAllowedRequest(ask('localhost:3000', 'http://localhost:3000'), sites)).toBe(false);
  });
});
