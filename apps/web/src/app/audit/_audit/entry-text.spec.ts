import { describe, expect, it } from '@jest/globals';
import type { AuditEntryData } from '@ushadow/contracts';
import { entryText, subjectOf } from './entry-text.ts';

const verdict = { status: 'failed' as const, code: 'IMAGE_NOT_FOUND', reason: null, object: null, remedy: null };
const deployment = (kind: 'deploy' | 'remove', ended: typeof verdict | null): AuditEntryData['deployment'] => ({
  ...{ kind, plan_id: null, adopted: [], plan_hash: null, desired_digest: null, before_digest: null },
  ...{ after_digest: null, verdict: ended },
});

describe('entryText', () => {
  it('says what was done, and how a deployment ended', () => {
    const asked = {
      action: 'deployment.requested',
      deployment: deployment('deploy', null),
      result: 'accepted',
    } as const;
    expect(entryText(asked)).toBe('deploy asked for');
    const ended = {
      action: 'deployment.finished',
      deployment: deployment('remove', verdict),
      result: 'failed',
    } as const;
    expect(entryText(ended)).toBe('remove ended: failed (IMAGE_NOT_FOUND)');
  });

  it('says what was changed anywhere else, and that it went wrong where it did', () => {
    expect(entryText({ action: 'setting.set', deployment: null, result: 'done' })).toBe('setting set');
    expect(entryText({ action: 'keys.rotated', deployment: null, result: 'failed' })).toBe('keys changed: failed');
  });
});

describe('subjectOf', () => {
  const nowhere = { target: 'api_keys.openai', deployment: null, project: null, services: [], namespace: null };

  it('names the services of a deployment, and where', () => {
    const entry = {
      deployment: deployment('deploy', null),
      project: 'shop',
      services: ['web', 'db'],
      namespace: 'prod',
    };
    expect(subjectOf({ ...nowhere, ...entry })).toBe('shop (web, db) in prod');
  });

  it('names whatever else was changed, and where that is somewhere', () => {
    expect(subjectOf(nowhere)).toBe('api_keys.openai');
    expect(subjectOf({ ...nowhere, target: 'shop:web', namespace: 'prod' })).toBe('shop:web in prod');
    expect(subjectOf({ ...nowhere, target: 'old of shop in prod', namespace: 'prod' })).toBe('old of shop in prod');
  });
});
