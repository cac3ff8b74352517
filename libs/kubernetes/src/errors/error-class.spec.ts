import { describe, expect, it } from '@jest/globals';
import { classifyError } from './error-class.ts';
import { errorFromStatus } from './error-from-status.ts';
import { KubernetesApiError } from './kubernetes-api-error.ts';

const status = (code: number, message: string, causes: readonly object[] = []): KubernetesApiError =>
  errorFromStatus(code, JSON.stringify({ kind: 'Status', message, reason: 'R', details: { causes } }));

describe('classes of API errors (retry table)', () => {
  it.each([
    [500, 'failed to create typed patch object (x): .spec.foo: field not declared in schema', 'invalid'],
    [500, 'Internal error occurred: failed calling webhook "x"', 'webhook-down'],
    [500, 'etcdserver: leader changed', 'transient'],
    [
      422,
      'spec.clusterIPs: failed to allocate IP: rpc error: code = Unavailable desc = error reading: EOF',
      'transient',
    ],
    [500, 'failed to convert new object (x) to proper version: illegal base64 data', 'invalid'],
    [500, 'something broke', 'server-fault'],
    [503, 'apiserver not ready', 'transient'],
    [429, 'too many requests', 'throttled'],
    [409, 'Operation cannot be fulfilled on resourcequotas "q": the object has been modified', 'transient'],
    [409, 'Operation cannot be fulfilled on deployments.apps "x"', 'conflict'],
    [401, 'Unauthorized', 'unauthorized'],
    [403, 'forbidden', 'forbidden'],
    [404, 'not found', 'not-found'],
    [410, 'too old resource version', 'gone'],
    [422, 'invalid', 'invalid'],
    [418, 'teapot', 'final'],
  ])('%i %s is %s', (code, message, expected) => expect(classifyError(status(code, message))).toBe(expected));

  it('distinguishes a field conflict from an optimistic lock', () => {
    const error = status(409, 'Apply failed with 1 conflict', [{ reason: 'FieldManagerConflict', field: '.data.a' }]);
    expect(classifyError(error)).toBe('field-conflict');
    expect(error.causes[0]?.field).toBe('.data.a');
  });

  it('counts a lost connection as transient and a bad certificate as final', () => {
    const lost = new KubernetesApiError({ httpStatus: 0, reason: 'ConnectionLost', message: 'reset' });
    const tls = new KubernetesApiError({ httpStatus: 0, reason: 'TlsFailed', message: 'bad' });
    expect([classifyError(lost), classifyError(tls)]).toEqual(['transient', 'final']);
  });

  it('leaves the dump of a whole value out of a message, but not what is wrong with it', () => {
    const value = JSON.stringify({ env: [{ name: 'A', value: 'hush' }], rest: 'x'.repeat(9_000) });
    const text = `Job.batch "j" is invalid: spec.template: Invalid value: ${value}: field is immutable`;
    expect(status(422, text).message).toBe(
      'Job.batch "j" is invalid: spec.template: Invalid value: field is immutable',
    );
  });

  it('never shows the HTML page of a foreign server', () => {
    expect(errorFromStatus(502, '<html>secret</html>').message).toBe('the API server answered HTTP 502');
  });

  it('are read in no time from a text that repeats what is looked for, and with a bounded number of causes', () => {
    const causes = Array.from({ length: 5_000 }, () => ({ reason: 'r', message: 'm' }));
    const error = status(422, `${'Invalid value: {'.repeat(40_000)} it is wrong`, causes);
    expect(error.message).toMatch(/^Invalid value: .{1,5000} it is wrong$/s);
    expect(error.causes).toHaveLength(100);
  });
});
