import { describe, expect, it } from '@jest/globals';
import { compilerConfig, podPolicy } from './config.ts';

const asked = compilerConfig.pick({ HOST_PATHS: true, POD_SECURITY: true, ALLOWED_SERVICE_ACCOUNTS: true });
const policyOf = (env: Readonly<Record<string, string>>) => podPolicy(asked.parse(env));

describe('what the operator lets pods do', () => {
  it.each([{}, { HOST_PATHS: '', POD_SECURITY: '', ALLOWED_SERVICE_ACCOUNTS: '' }])(
    'no path of the node, any level and any account unless set: %j',
    (env: Readonly<Record<string, string>>) => {
      expect(policyOf(env)).toEqual({ hostPaths: [], podSecurity: 'privileged' });
    },
  );

  it('is what is set', () => {
    const env = { HOST_PATHS: '/dev,/run', POD_SECURITY: 'baseline', ALLOWED_SERVICE_ACCOUNTS: 'app,job' };
    expect(policyOf(env)).toEqual({
      hostPaths: ['/dev', '/run'],
      podSecurity: 'baseline',
      serviceAccounts: ['app', 'job'],
    });
  });

  it('a level that there is not is refused', () => {
    expect(asked.safeParse({ POD_SECURITY: 'none' }).success).toBe(false);
  });
});
