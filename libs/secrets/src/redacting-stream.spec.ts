import { describe, expect, it } from '@jest/globals';
import { RedactingStream } from './redacting-stream.ts';
import { Redactor } from './redactor.ts';

const through = (text: string, chunkChars: number, values: string[] = ['canary-value-0123']): string => {
  const stream = new RedactingStream(new Redactor(values));
  let out = '';
  for (let at = 0; at < text.length; at += chunkChars) out += stream.push(text.slice(at, at + chunkChars));
  return out + stream.flush();
};

describe('RedactingStream', () => {
  const pem = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq\nhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----';

  it('masks a value whatever the chunk borders', () => {
    for (let chunk = 1; chunk < 40; chunk += 1) {
      expect(through('start canary-value-0123 middle\ncanary-value-0123', chunk)).toBe(
        'start [redacted] middle\n[redacted]',
      );
    }
  });

  it('masks a key of several lines whatever the chunk borders', () => {
    for (const chunk of [1, 7, 28, 45, 400])
      expect(through(`log\n${pem}\nmore\n`, chunk)).toBe('log\n[redacted]\nmore\n');
  });

  it('gives whole lines at once', () => {
    const stream = new RedactingStream(new Redactor());
    expect(stream.push('one\ntwo')).toBe('one\n');
    expect(stream.push('\n')).toBe('two\n');
  });

  it('bounds what it keeps of an endless line and still masks', () => {
    const noise = 'x '.repeat(60_000);
    const masked = through(`${noise}canary-value-0123${noise}`, 1000);
    expect(masked).toHaveLength(2 * noise.length + '[redacted]'.length);
    expect(masked).not.toContain('canary');
  });
});
