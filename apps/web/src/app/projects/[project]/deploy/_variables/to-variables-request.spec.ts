import { describe, expect, it } from '@jest/globals';
import { toVariablesRequest } from './to-variables-request.ts';

const request = { cluster_id: '0123456789abcdef', project: 'shop' };
const stack = {
  namespace: 'shop-2',
  configuration: {
    ...{ profiles: [], infra_of: [], specs: {}, overrides: [], content_digest: null },
    variables: [
      { name: 'A', service: null, source: 'typed', is_secret: false, value: 'kept' },
      { name: 'SECRET', service: null, source: 'typed', is_secret: true, value: null },
      { name: 'A', service: 'web', source: 'typed', is_secret: false, value: 'of one service' },
    ],
  },
} as const;

describe('toVariablesRequest', () => {
  it('is about the place and the services of the request', () => {
    expect(toVariablesRequest({ ...request, services: ['web'], profiles: ['debug'] }, null)).toEqual({
      ...request,
      services: ['web'],
      profiles: ['debug'],
    });
  });

  it('has the stack’s namespace unless another is typed, and what it keeps for all of its services', () => {
    expect(toVariablesRequest(request, stack as never)).toEqual({
      ...request,
      namespace: 'shop-2',
      remembered: { A: 'kept' },
    });
    expect(toVariablesRequest({ ...request, namespace: 'prod' }, stack as never).namespace).toBe('prod');
  });

  it('sends typed values and marks along', () => {
    expect(toVariablesRequest({ ...request, variables: { A: 'x' }, env_secrets: { A: true } }, null)).toMatchObject({
      typed: { A: 'x' },
      env_secrets: { A: true },
    });
  });
});
