import { describe, expect, it } from '@jest/globals';
import { hostGuard } from './host-guard.middleware.ts';

const hosts = ['localhost', '127.0.0.1:7400', '[::1]'];

function judged(
  guard: ReturnType<typeof hostGuard>,
  headers: Readonly<Record<string, string>>,
  protocol = 'http',
): unknown {
  let result: unknown = 'not called';
  const request = { protocol, header: (name: string) => headers[name] };
  guard(request as never, {} as never, (error?: unknown) => (result = error));
  return result;
}

const refusal = { code: 'HOST_NOT_ALLOWED', kind: 'forbidden' };

describe('the host guard', () => {
  const guard = hostGuard({ hosts });

  it.each([
    { host: 'localhost:7400' },
    { host: '127.0.0.1' },
    { host: '[::1]:7400' },
    { host: 'LOCALHOST:7400', origin: 'http://localhost:7400' },
    { host: '127.0.0.1:7400', 'x-forwarded-host': 'localhost:3000', origin: 'http://localhost:3000' },
    { host: 'localhost', origin: 'http://localhost' },
    { host: 'localhost:80', origin: 'http://localhost' },
  ])('lets %j pass', (headers) => {
    expect(judged(guard, headers)).toBeUndefined();
  });

  it.each([
    {},
    { host: '' },
    { host: 'rebound.example' },
    { host: 'localhost.evil.example' },
    { host: 'localhost', 'x-forwarded-host': 'rebound.example' },
    { host: 'localhost', origin: 'https://evil.example' },
    { host: 'localhost', origin: 'null' },
    { host: 'localhost', origin: '' },
    // Another program of this machine, and another scheme, are other sites.
    { host: 'localhost:7400', origin: 'http://localhost:5000' },
    { host: 'localhost:7400', origin: 'http://127.0.0.1:7400' },
    { host: 'localhost:7400', origin: 'https://localhost:7400' },
    { host: '127.0.0.1:7400', 'x-forwarded-host': 'localhost:3000', origin: 'http://127.0.0.1:7400' },
  ])('refuses %j', (headers: Readonly<Record<string, string>>) => {
    expect(judged(guard, headers)).toMatchObject(refusal);
  });

  it('knows the origins that are listed and no other, with scheme and port', () => {
    const listing = hostGuard({
      hosts: ['ushadow.example'],
      origins: ['https://ushadow.example', 'http://localhost:3000'],
    });
    const from = (origin: string) => judged(listing, { host: 'ushadow.example', origin });
    expect(from('https://ushadow.example')).toBeUndefined();
    expect(from('https://ushadow.example:443')).toBeUndefined();
    expect(from('http://localhost:3000')).toBeUndefined();
    for (const origin of ['http://ushadow.example', 'https://ushadow.example:8443', 'http://localhost', 'null'])
      expect(from(origin)).toMatchObject(refusal);
  });
});
