import { DomainError } from '@ushadow/contracts';
import { describe, expect, it } from '@jest/globals';
import { describeError } from './describe-error.ts';
import { detailText, problemsOf } from './error-details.ts';

const failure = (details: unknown, code = 'KUBECONFIG_INVALID') =>
  new DomainError(code, 'invalid', 'Not usable', { details });

describe('problemsOf', () => {
  it('reads field, problem and remedy of a kubeconfig', () => {
    const details = { problems: [{ field: 'users[0].exec', problem: 'exec is refused', remedy: 'Use a token' }] };
    expect(problemsOf(failure(details))).toEqual([
      { where: 'users[0].exec', what: 'exec is refused', remedy: 'Use a token' },
    ]);
  });

  it('reads the place of diagnostics', () => {
    const details = { diagnostics: [{ message: 'bad port', file: 'a.yml', line: 3, column: 5 }] };
    expect(problemsOf(failure(details))).toEqual([{ where: 'a.yml:3:5', what: 'bad port', remedy: null }]);
  });

  it('keeps the code of a diagnostic, and says what to do on the page', () => {
    const details = { diagnostics: [{ code: 'CPS0202', message: 'TAG has no value', remedy: 'Use `variables`' }] };
    expect(problemsOf(failure(details, 'COMPILE_FAILED'))).toEqual([
      { code: 'CPS0202', where: null, what: 'TAG has no value', remedy: expect.stringContaining('Variables') },
    ]);
  });

  it('reads the variables that have no value', () => {
    const details = {
      variables: [{ name: 'HOST', reason: 'HOST not set', file: 'a.yml', line: 3, column: 5 }, 'PORT'],
    };
    expect(problemsOf(failure(details, 'ENVIRONMENT_UNRESOLVED'))).toEqual([
      { where: 'a.yml:3:5', what: 'HOST: HOST not set', remedy: null },
    ]);
  });

  it('reads the fields of invalid input', () => {
    expect(problemsOf(failure({ issues: [{ path: 'namespace', message: 'too long' }] }))).toEqual([
      { where: 'namespace', what: 'too long', remedy: null },
    ]);
  });

  it.each([undefined, null, 'text', { problems: 'x' }, { problems: [1, null] }])(
    'leaves out what does not fit: %j',
    (details) => {
      expect(problemsOf(failure(details))).toEqual([]);
    },
  );
});

describe('detailText', () => {
  it('gives a text of the details, and null for anything else', () => {
    expect(detailText(failure({ deployment_id: 'd-1' }), 'deployment_id')).toBe('d-1');
    expect(detailText(failure({ deployment_id: 4 }), 'deployment_id')).toBeNull();
    expect(detailText(new Error('x'), 'deployment_id')).toBeNull();
  });
});

describe('describeError', () => {
  it('keeps message, code and request id of a code it has no words for', () => {
    const error = new DomainError('BRAND_NEW', 'unexpected', 'Odd', { requestId: 'r-7' });
    expect(describeError(error)).toMatchObject({
      title: 'Something went wrong',
      message: 'Odd',
      code: 'BRAND_NEW',
      requestId: 'r-7',
    });
  });

  it('has words for a fault of the page itself', () => {
    expect(describeError(new TypeError('boom'))).toMatchObject({ code: 'UNEXPECTED', message: 'boom' });
  });
});
