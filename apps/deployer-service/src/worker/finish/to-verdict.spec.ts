import { describe, expect, it } from '@jest/globals';
import type { DeployResult } from '@ushadow/deploy-engine';
import { toVerdict } from './to-verdict.ts';

const nothing = { causes: [], changes: [], states: [], inventory: [] };
const cancelled: DeployResult = {
  ...nothing,
  verdict: 'cancelled',
  failure: { code: 'CANCELLED', message: 'the deployment was cancelled', evidence: [] },
};
const request = { rollback: false, actor: 'somebody', time: 't' };

describe('the verdict that is stored', () => {
  it('of a run that ended early says for whom', () => {
    expect(toVerdict(cancelled, { ...request, request: 'cancel', by: null })).toMatchObject({
      status: 'cancelled',
      code: 'CANCELLED',
      reason: 'somebody has cancelled it.',
    });
    expect(toVerdict(cancelled, { ...request, request: 'supersede', by: 'next' })).toMatchObject({
      status: 'superseded',
      superseded_by: 'next',
    });
  });

  it('of a run that had failed before it was to end is the failure, with what became of the rollback', () => {
    const object = { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'n', name: 'web' };
    const failure = { code: 'CRASH_LOOP', message: 'it crashes', object, evidence: [] } as const;
    const result: DeployResult = {
      ...nothing,
      verdict: 'failed',
      failure,
      rollback: { verdict: 'cancelled', failure },
    };
    expect(toVerdict(result, { ...request, request: 'supersede', by: 'next' })).toEqual({
      ...{
        status: 'failed',
        code: 'CRASH_LOOP',
        reason: 'it crashes',
        object: 'Deployment/n/web',
        remedy: null,
        source: null,
      },
      rollback: { status: 'cancelled', reason: 'it crashes' },
    });
  });
});
