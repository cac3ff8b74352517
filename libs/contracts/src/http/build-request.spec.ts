import { describe, expect, it } from '@jest/globals';
import { publicOperations } from '../registry.ts';
import { buildRequest, type HttpOperation } from './build-request.ts';

describe('buildRequest', () => {
  it('puts path parameters into the path, encoded, and the rest into the body', () => {
    const request = buildRequest(publicOperations.previewService as unknown as HttpOperation, {
      service_id: 'a/b:web',
      namespace: 'ushadow',
    });
    expect(request).toEqual({
      method: 'POST',
      url: '/api/kubernetes/services/a%2Fb%3Aweb/preview',
      body: { namespace: 'ushadow' },
    });
  });

  it('puts what is not in the path of a GET into the query and leaves out what is undefined', () => {
    const request = buildRequest(publicOperations.listDeployments as unknown as HttpOperation, {
      limit: 5,
      cursor: undefined,
    });
    expect(request).toEqual({ method: 'GET', url: '/api/deployments?limit=5' });
  });
});
