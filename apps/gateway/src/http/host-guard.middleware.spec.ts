import { describe, expect, it } from '@jest/globals';
import { hostGuard } from './host-guard.middleware.ts';

const guard = hostGuard(['localhost', '127.0.0.1:7400', '[::1]']);

function judged(headers: Readonly<Record<string, string>>): unknown {
  let result: unknown = 'not called';
  guard({ header: (name: string) => headers[name] } as never, {} as never, (error?: unknown) => (result = error));
  return result;
}

describe('the host guard', () => {
  it.each([
    { host: 'localhost:7400' },
    { host: '127.0.0.1' },
    { host: '[::1]:7400' },
    { host: 'LOCALHOST', origin: 'http://127.0.0.1:7401' },
  ])('lets %j pass', (headers) => {
    expect(judged(headers)).toBeUndefined();
  });

  it.each([
    { host: 'rebound.example' },
    { host: 'localhost.evil.example' },
    { host: 'localhost', 'x-forwarded-host': 'rebound.example' },
    { host: 'localhost', origin: 'https://evil.example' },
    { host: 'localhost', origin: 'null' },
  ])('refuses %j', (headers) => {
    expect(judged(headers)).toMatchObject({ code: 'HOST_NOT_ALLOWED', kind: 'forbidden' });
  });
});
