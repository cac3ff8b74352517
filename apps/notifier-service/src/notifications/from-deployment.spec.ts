import { describe, expect, it } from '@jest/globals';
import type { AuditEntryData, VerdictData } from '@ushadow/contracts';
import { fromDeployment } from './from-deployment.ts';

const failed: VerdictData = {
  status: 'failed',
  code: 'IMAGE_NOT_FOUND',
  reason: 'The image nginx:nope does not exist',
  object: 'Deployment/shop/web',
  remedy: 'Write a tag that the registry has.',
  source: { path: '/services/web/image', file: 'compose.yaml', line: 4 },
};
const id = 'b5f3a6f0-5d49-4a6e-93a1-3b8b7a0c1d11';

function entry(verdict: VerdictData | null, more: Partial<AuditEntryData> = {}): AuditEntryData {
  return {
    ...{ audit_id: id, service: 'deployer', sequence: 3, time: '2026-01-02T03:04:05.000Z', actor: 'operator' },
    ...{ action: 'deployment.finished', request_id: 'r', target: 'shop', result: 'done', details: {} },
    ...{ cluster_id: '0123456789abcdef', namespace: 'shop-ns', project: 'shop', services: ['web'], stack_id: id },
    deployment_id: id,
    deployment: {
      ...{ kind: 'deploy', plan_id: null, adopted: [], plan_hash: null, desired_digest: null, before_digest: null },
      ...{ after_digest: null, verdict },
    },
    ...{ key_id: 'k', previous_seal: '', seal: '' },
    ...more,
  } as AuditEntryData;
}
const told = (verdict: VerdictData | null, more: Partial<AuditEntryData> = {}) =>
  fromDeployment(entry(verdict, more), { clusterName: 'prod', publicUrl: 'https://ushadow.example' });

describe('what is told of a deployment', () => {
  it('is the verdict with its cause, the line of the Compose file, and where to look', () => {
    expect(told(failed)).toMatchObject({
      type: 'deployment.failed',
      severity: 'bad',
      title: 'Deployment of shop on prod failed',
      text: 'The image nginx:nope does not exist. Write a tag that the registry has.',
      link: `https://ushadow.example/deployments/${id}`,
      target: { kind: 'kubernetes', id: '0123456789abcdef' },
      facts: [
        { name: 'Stack', value: 'shop-ns/shop' },
        { name: 'Cluster', value: 'prod' },
        { name: 'Services', value: 'web' },
        { name: 'Cause', value: 'IMAGE_NOT_FOUND' },
        { name: 'Object', value: 'Deployment/shop/web' },
        { name: 'Line', value: 'compose.yaml:4 (/services/web/image)' },
        { name: 'By', value: 'operator' },
      ],
    });
  });

  it.each([
    [{ ...failed, rollback: { status: 'succeeded' as const, reason: null } }, 'deployment.rolled-back'],
    [{ ...failed, rollback: { status: 'failed' as const, reason: 'no' } }, 'deployment.failed'],
    [{ ...failed, status: 'succeeded' as const }, 'deployment.succeeded'],
    [{ ...failed, status: 'unknown' as const }, 'deployment.unknown'],
  ])('says how it ended: %j is %s', (verdict, type) => {
    expect(told(verdict)?.type).toBe(type);
  });

  it('is nothing for what somebody has ended by hand, and for what is no end', () => {
    expect(told({ ...failed, status: 'cancelled' })).toBeUndefined();
    expect(told({ ...failed, status: 'superseded' })).toBeUndefined();
    expect(told(failed, { action: 'deployment.requested' })).toBeUndefined();
    expect(told(null)).toBeUndefined();
  });

  it('says that an end was not known at first', () => {
    const settled = { time: '2026-01-02T03:04:05.000Z', from: 'unknown' as const };
    const notification = told({ ...failed, settled }, { action: 'deployment.settled' });
    expect(notification?.text).toMatch(/^It was not known at first how it ended\. The image/);
  });
});
