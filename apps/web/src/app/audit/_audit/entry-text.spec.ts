import { describe, expect, it } from '@jest/globals';
import { entryText, subjectOf } from './entry-text.ts';

const verdict = { status: 'failed', code: 'CRASH_LOOP', reason: null, object: null, remedy: null } as const;

describe('entryText', () => {
  it('says what was done, and how it ended', () => {
    expect(entryText({ action: 'deployment.requested', kind: 'deploy', verdict: null })).toBe('deploy asked for');
    expect(entryText({ action: 'deployment.finished', kind: 'remove', verdict })).toBe(
      'remove ended: failed (CRASH_LOOP)',
    );
    expect(entryText({ action: 'envmap.applied', kind: null, verdict: null })).toBe('changed variables');
  });
});

describe('subjectOf', () => {
  it('names the project with its services', () => {
    const entry = { project: 'shop', services: ['web', 'db'], service_name: null, namespace: 'prod' };
    expect(subjectOf(entry)).toBe('shop (web, db) in prod');
  });

  it('names the service of an entry from before there were stacks', () => {
    expect(subjectOf({ service_name: 'web', namespace: 'prod' })).toBe('web in prod');
  });
});
