import { describe, expect, it } from '@jest/globals';
import { isAllowedRequest } from './allowed-host.ts';

const loopback = ['localhost', '127.0.0.1', '[::1]'];

describe('isAllowedRequest', () => {
  it.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST'])('serves loopback: %s', (host) => {
    expect(isAllowedRequest(host, null, loopback)).toBe(true);
  });

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:3000', '', null])(
    'refuses other hosts: %s',
    (host) => {
      expect(isAllowedRequest(host, null, loopback)).toBe(false);
    },
  );

  it('serves a host that the operator lists', () => {
    expect(isAllowedRequest('ushadow.example:8443', null, ['ushadow.example'])).toBe(true);
  });

  it('refuses a request that another site started', () => {
    expect(isAllowedRequest('localhost:3000', 'http://evil.example', loopback)).toBe(false);
    expect(isAllowedRequest('localhost:3000', 'http://localhost:9999', loopback)).toBe(false);
    expect(isAllowedRequest('localhost:3000', 'null', loopback)).toBe(false);
  });

  it('serves a request of its own page', () => {
    expect(isAllowedRequest('localhost:3000', 'http://localhost:3000', loopback)).toBe(true);
  });
});
