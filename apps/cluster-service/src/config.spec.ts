import { describe, expect, it } from '@jest/globals';
import { clusterConfig } from './config.ts';

/** Those of the bus are files, and the library's own. */
const settings = clusterConfig.omit({ NATS_IDENTITY: true, NATS_SERVICES: true });

const good = {
  DATABASE_URL: 'postgresql://u:p@h/d',
  USHADOW_KEYS: `a:${Buffer.alloc(32, 5).toString('base64')}`,
  AUDIT_KEYS: `a:${Buffer.alloc(32, 5).toString('base64')}`,
};

describe('clusterConfig', () => {
  it('is strict by default: no loopback clusters, checks every minute', () => {
    expect(settings.parse(good)).toMatchObject({
      ALLOW_PRIVATE_CLUSTERS: false,
      CLUSTER_ADDRESSES_DENY: [],
      STATUS_INTERVAL_SECONDS: 60,
    });
  });

  it('names every bad setting at once, and repeats no key', () => {
    const short = Buffer.alloc(8, 5).toString('base64');
    const bad = { USHADOW_KEYS: `a:${short},b`, CLUSTER_ADDRESSES_DENY: '10.0.0.0/99', LOG_LEVEL: 'loud' };
    const result = settings.safeParse(bad);
    const named = result.error?.issues.map((issue) => issue.path.join('.')) ?? [];
    expect(new Set(named)).toEqual(
      new Set(['DATABASE_URL', 'USHADOW_KEYS', 'AUDIT_KEYS', 'CLUSTER_ADDRESSES_DENY', 'LOG_LEVEL']),
    );
    expect(named.filter((name) => name === 'USHADOW_KEYS')).toHaveLength(2);
    expect(JSON.stringify(result.error?.issues)).not.toContain(short);
  });
});
