import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { checkSignature } from './check-signature.ts';

const now = new Date('2026-01-02T03:04:05Z');
const seconds = Math.floor(now.getTime() / 1_000);
const body = Buffer.from('{"service":"web","tag":"1.2"}');
const key = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const bytes = Buffer.from(key.slice(6), 'base64');

function signed(id: string, at: number, content = body): Record<string, string> {
  const signature = createHmac('sha256', bytes)
    .update(`${id}.${String(at)}.${content.toString()}`)
    .digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': `v1,AAAA v1,${signature}` };
}
const check = (headers: Record<string, string>, content = body) =>
  checkSignature({ headers, body: content }, key, now).kind;

describe('the signature of a call', () => {
  it('is good as Standard Webhooks has it, and the call is known by its id', () => {
    expect(checkSignature({ headers: signed('m1', seconds), body }, key, now)).toEqual({
      kind: 'good',
      nonce: 'id m1',
    });
  });

  it('is good as GitHub has it, and the call is known by its signature', () => {
    const hex = createHmac('sha256', key).update(body).digest('hex');
    const headers = { 'x-hub-signature-256': `sha256=${hex}` };
    expect(checkSignature({ headers, body }, key, now)).toEqual({ kind: 'good', nonce: `hub ${hex}` });
  });

  it.each([
    ['nothing is signed', {}, body],
    ['the body is another', signed('m1', seconds), Buffer.from('{}')],
    ['the id is another', { ...signed('m1', seconds), 'webhook-id': 'm2' }, body],
    ['the time is another', { ...signed('m1', seconds), 'webhook-timestamp': String(seconds + 1) }, body],
    ['a part is missing', { 'webhook-id': 'm1', 'webhook-timestamp': String(seconds) }, body],
    ['it is of another version', { ...signed('m1', seconds), 'webhook-signature': 'v2,AAAA' }, body],
    ['it is no hex', { 'x-hub-signature-256': 'sha256=zz' }, body],
    ['it is of SHA-1', { 'x-hub-signature': 'sha1=00' }, body],
  ])('is wrong when %s', (_name, headers, content) => {
    expect(check(headers as Record<string, string>, content)).toBe('wrong');
  });

  it('is too old after five minutes, and before its time; a wrong one is wrong, however old', () => {
    expect(check(signed('m1', seconds - 301))).toBe('too-old');
    expect(check(signed('m1', seconds + 301))).toBe('too-old');
    expect(check(signed('m1', seconds - 299))).toBe('good');
    expect(check(signed('m1', seconds - 9_999), Buffer.from('{}'))).toBe('wrong');
  });
});
