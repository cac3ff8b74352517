import { describe, expect, it } from '@jest/globals';
import { describeHolders } from './lock-holders.ts';

describe('describeHolders', () => {
  it('names the process and the application of each, and how to end it', () => {
    const holders = [
      { pid: 7, application: 'psql', state: 'idle in transaction', seconds: 90 },
      { pid: 8, application: 'deployer-service', state: null, seconds: null },
    ];
    expect(describeHolders(holders)).toBe(
      'pid 7 (psql, idle in transaction for 90 s), pid 8 (deployer-service); pg_terminate_backend(pid) ends it',
    );
  });

  it('says so when nobody holds it any more', () => {
    expect(describeHolders([])).toContain('let go');
  });
});
