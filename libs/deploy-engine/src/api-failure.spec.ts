import { describe, expect, it } from '@jest/globals';
import { KubernetesApiError, objectId } from '@ushadow/kubernetes';
import type { FailureCode } from '@ushadow/diagnose';
import { deployment } from '../test/workloads.ts';
import { failureOfApiError, isUnreachable } from './api-failure.ts';

type Answer = ConstructorParameters<typeof KubernetesApiError>[0];

const web = objectId(deployment('web'));
const failureOf = (answer: Answer) => failureOfApiError(new KubernetesApiError(answer), web);

/** What no API server of today answers at will, or only under load; the others are asked of a real one. */
const ANSWERS: readonly (readonly [FailureCode, Answer])[] = [
  [
    'ADMISSION_NO_DRY_RUN',
    { httpStatus: 400, reason: 'BadRequest', message: 'admission webhook "x.example.org" does not support dry run' },
  ],
  ['API_RATE_LIMITED', { httpStatus: 429, reason: 'TooManyRequests', message: 'too many requests, please try again' }],
  [
    'NAMESPACE_NOT_FOUND',
    {
      httpStatus: 404,
      reason: 'NotFound',
      message: 'namespaces "shop" not found',
      subject: { kind: 'namespaces', name: 'shop' },
    },
  ],
  ['CLUSTER_UNREACHABLE', { httpStatus: 503, reason: 'ServiceUnavailable', message: 'apiserver is shutting down' }],
  ['API_ERROR', { httpStatus: 500, reason: 'InternalError', message: 'etcdserver: mvcc: corrupt' }],
];

describe('a failed request', () => {
  it.each(ANSWERS)('%s: has the server’s words, its status as evidence, and the object', (code, answer) => {
    const failure = failureOf(answer);
    expect(failure).toMatchObject({ code, message: answer.message, object: { name: 'web' } });
    expect(failure.evidence[0]?.value).toBe(`HTTP ${answer.httpStatus} ${answer.reason}`);
  });

  it('leaves open what the server has done only where no answer came', () => {
    const lost = ANSWERS.filter(([, answer]) => isUnreachable(failureOf(answer))).map(([code]) => code);
    expect(lost).toEqual(['API_RATE_LIMITED', 'CLUSTER_UNREACHABLE']);
  });
});
