import { describe, expect, it } from '@jest/globals';
import { caughtUp, withoutClaims } from './after-deployment.ts';
import { NO_CONTENT } from './stack-content.ts';
import { knownService } from './testing/known-service.ts';

describe('what a stack remembers after a deployment', () => {
  it('is no place of a volume whose claim was deleted, in a folder or not; the others stay where they are', () => {
    const content = { ...NO_CONTENT, claims: { data: 'shop-data/data', old: 'old-db-0', files: 'shop-files' } };
    expect(withoutClaims(content, new Set(['shop-data', 'old-db-0'])).claims).toEqual({ files: 'shop-files' });
    expect(withoutClaims(content, new Set(['other']))).toBe(content);
  });

  it('is that services which were restarted lie behind nothing any more', () => {
    const behind = ['ConfigMap/n/a'];
    const content = {
      ...NO_CONTENT,
      services: { web: knownService('web', { behind }), api: knownService('api', { behind }) },
    };
    const { services } = caughtUp(content, ['web']);
    expect([services['web'], services['api']?.behind]).toEqual([knownService('web'), behind]);
  });
});
