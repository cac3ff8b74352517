import { describe, expect, it } from '@jest/globals';
import { networkError } from './network-error.ts';
import { readBody, readLines } from './read-body.ts';
import { readWarnings } from './http-client.ts';

async function* chunks(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield await Promise.resolve(Buffer.from(part));
}

describe('answers', () => {
  it('are read as lines across chunks, multi-byte characters included', async () => {
    const euro = Buffer.from('€');
    async function* split(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Buffer.concat([Buffer.from('a\nb'), euro.subarray(0, 1)]));
      yield Buffer.concat([euro.subarray(1), Buffer.from('c\n\nd')]);
    }
    const lines: string[] = [];
    for await (const line of readLines(split(), 100)) lines.push(line);
    expect(lines).toEqual(['a', 'b€c', '', 'd']);
  });

  it('are read in time that grows with their length alone, in however small pieces a line comes', async () => {
    async function* drops(): AsyncGenerator<Uint8Array> {
      const drop = Buffer.alloc(16, 'x');
      for (let count = 0; count < 262_144; count += 1) yield await Promise.resolve(drop);
    }
    const lines: string[] = [];
    for await (const line of readLines(drops(), 8 * 1024 * 1024)) lines.push(line);
    expect(lines.map(({ length }) => length)).toEqual([4_194_304]);
  });

  it('are refused beyond the size limit', async () => {
    await expect(readBody(chunks('12345', '67890'), 8)).rejects.toMatchObject({ reason: 'ResponseTooLarge' });
    await expect(readBody(chunks('1234', '5678'), 8)).resolves.toBe('12345678');
  });
});

describe('warnings of the server', () => {
  it('are unquoted', () => {
    expect(readWarnings('299 - "a \\"b\\"", 299 - "c, d"')).toEqual(['a "b"', 'c, d']);
    expect(readWarnings(undefined)).toEqual([]);
  });
});

describe('network errors', () => {
  it.each([
    ['ENOTFOUND', 'NameNotFound'],
    ['ECONNREFUSED', 'ConnectionRefused'],
    ['UND_ERR_CONNECT_TIMEOUT', 'ConnectTimeout'],
    ['ECONNRESET', 'ConnectionLost'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'TlsFailed'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'TlsFailed'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'TlsFailed'],
  ])('%s is %s, and its own text is not passed on', (code, reason) => {
    const error = networkError(Object.assign(new Error('10.0.0.1 said no'), { code }));
    expect(error.reason).toBe(reason);
    expect(error.message).not.toContain('10.0.0.1');
  });

  it.each([
    ['CERT_HAS_EXPIRED', /has expired \(CERT_HAS_EXPIRED\)$/],
    ['CERT_NOT_YET_VALID', /is not valid yet/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /for other names/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /self-signed/],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', /not issued by the trusted authority/],
    ['CERT_SIGNATURE_FAILURE', /not issued by the trusted authority/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', /does not speak TLS/],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', /client certificate/],
    ['EPROTO', /the TLS connection could not be made/],
  ])('%s is said in words', (code, words) => {
    expect(networkError(Object.assign(new Error(), { code }))).toMatchObject({
      message: expect.stringMatching(words),
      networkCode: code,
    });
  });
});
