import { describe, expect, it } from '@jest/globals';
import type { NextFunction, Request, Response } from 'express';
import { fetchSite } from './fetch-site.middleware.ts';
import { jsonWrites } from './json-writes.middleware.ts';

type Middleware = (request: Request, response: Response, next: NextFunction) => void;

function codeOf(middleware: Middleware, method: string, headers: Readonly<Record<string, string>>): unknown {
  let result: unknown = 'not called';
  const request = { method, header: (name: string) => headers[name] };
  middleware(request as never, {} as never, (error?: unknown) => (result = error));
  return (result as { code?: string } | undefined)?.code;
}

describe('a request that a page of another site could cause', () => {
  it.each([
    ['GET', {}],
    ['POST', { 'sec-fetch-site': 'same-origin' }],
    ['GET', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }],
    ['GET', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }],
  ])('is told by the browser; passes: %s %j', (method, headers) => {
    expect(codeOf(fetchSite, method, headers as Readonly<Record<string, string>>)).toBeUndefined();
  });

  it.each([
    ['GET', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    ['POST', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }],
    ['DELETE', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }],
    ['GET', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }],
  ])('is told by the browser; refused: %s %j', (method, headers) => {
    expect(codeOf(fetchSite, method, headers)).toBe('CROSS_SITE');
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('cannot say that its %s is JSON', (method) => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonx',
      '',
    ])
      expect(codeOf(jsonWrites, method, { 'content-type': type })).toBe('JSON_EXPECTED');
    expect(codeOf(jsonWrites, method, {})).toBe('JSON_EXPECTED');
    expect(codeOf(jsonWrites, method, { 'content-type': 'Application/JSON; charset=utf-8' })).toBeUndefined();
    expect(codeOf(jsonWrites, method, { 'x-requested-with': 'curl' })).toBeUndefined();
  });

  it('may read, as far as its browser lets it', () => {
    expect(codeOf(jsonWrites, 'GET', {})).toBeUndefined();
  });
});
