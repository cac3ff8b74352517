import { describe, expect, it } from '@jest/globals';
import { createLogger } from '@ushadow/observability';
import { OutboxTable, type AuditTrailOptions } from '@ushadow/postgres';
import { reportSetAside } from './report-set-aside.ts';

async function loggedOf(count: number, reason: string | null): Promise<string> {
  const logged: string[] = [];
  const redact = (line: string): string => {
    logged.push(line);
    return '';
  };
  const postgres = { rows: () => Promise.resolve([{ count, reason }]) } as unknown as AuditTrailOptions['postgres'];
  await reportSetAside(
    { outbox: new OutboxTable('scans'), postgres },
    createLogger({ service: 'test', level: 'error', redact }),
  );
  return logged.join('\n');
}

describe('entries that the stream will never get', () => {
  it('are an error of the log with their number, until they are forgotten', async () => {
    const line = await loggedOf(3, 'not what was written');
    expect(line).toContain('audit entries are set aside: the stream was not told of them');
    expect(JSON.parse(line)).toMatchObject({ count: 3, reason: 'not what was written' });
    expect(await loggedOf(0, null)).toBe('');
  });
});
