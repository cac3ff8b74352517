import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logger.ts';
import { withRequestContext } from './request-context.ts';

function capture(): { lines: string[]; write: (line: string) => void } {
  const lines: string[] = [];
  return { lines, write: (line) => void lines.push(line) };
}

describe('the logger', () => {
  it('passes every line, nested values included, through the redactor (R99)', () => {
    const destination = capture();
    const redact = (line: string): string => line.replaceAll('canary', '***');
    createLogger({ service: 'test', level: 'info', redact, destination }).info(
      { deep: { value: ['canary'] } },
      'a canary',
    );
    expect(destination.lines.join('')).not.toContain('canary');
    expect(destination.lines).toHaveLength(1);
  });

  it('R103: has the whole stack of an error, with those of its causes', () => {
    const destination = capture();
    const cause = new TypeError('the cause');
    const error = new Error('the error', { cause });
    createLogger({ service: 'test', level: 'info', redact: (line) => line, destination }).error(
      { err: error },
      'failed',
    );
    const { err } = JSON.parse(destination.lines[0] ?? '') as { err: { type: string; stack: string } };
    expect(err.type).toBe('Error');
    expect(err.stack).toContain(error.stack);
    expect(err.stack).toContain(cause.stack);
  });

  it('names the request and the actor in every line', () => {
    const destination = capture();
    const logger = createLogger({ service: 'test', level: 'info', redact: (line) => line, destination });
    withRequestContext({ requestId: 'r1', actor: 'ann' }, () => {
      logger.info('hello');
    });
    expect(JSON.parse(destination.lines[0] ?? '')).toMatchObject({
      service: 'test',
      requestId: 'r1',
      actor: 'ann',
      msg: 'hello',
    });
  });
});
