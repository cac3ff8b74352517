import { describe, expect, it } from '@jest/globals';
import { errorFromStatus } from './error-from-status.ts';
import { KubernetesApiError } from './kubernetes-api-error.ts';
import { refusalOf } from './refusal.ts';

describe('what an answer of an API server is to the user of a cluster', () => {
  it.each([
    [401, 'Unauthorized', 'CLUSTER_UNAUTHORIZED', 'forbidden'],
    [403, 'forbidden', 'CLUSTER_REFUSED', 'invalid'],
    [422, 'invalid', 'CLUSTER_REFUSED', 'invalid'],
    [429, 'too many requests', 'CLUSTER_UNREACHABLE', 'unavailable'],
    [503, 'apiserver not ready', 'CLUSTER_UNREACHABLE', 'unavailable'],
  ])('HTTP %i "%s" is %s', (status, message, code, kind) => {
    const error = errorFromStatus(status, JSON.stringify({ kind: 'Status', message, reason: 'R' }));
    expect(refusalOf(error)).toMatchObject({ code, kind, details: { reason: 'R', status } });
  });

  it('an API server that does not answer is out of reach, and the causes of a refusal are told in full (R13)', () => {
    const away = new KubernetesApiError({ httpStatus: 0, reason: 'ConnectionLost', message: 'lost' });
    expect(refusalOf(away)).toMatchObject({ code: 'CLUSTER_UNREACHABLE', details: { status: 0 } });
    const causes = [{ field: 'spec.replicas', message: 'must not be negative', reason: 'FieldValueInvalid' }];
    const refused = errorFromStatus(422, JSON.stringify({ kind: 'Status', message: 'm', details: { causes } }));
    expect(refusalOf(refused).details.causes).toMatchObject([{ field: 'spec.replicas' }]);
  });
});
