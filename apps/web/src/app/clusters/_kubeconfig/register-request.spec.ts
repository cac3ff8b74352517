import { describe, expect, it } from '@jest/globals';
import { emptyForm, isComplete, toRegisterRequest } from './register-request.ts';

const form = { ...emptyForm, name: ' kind ', kubeconfig: 'a: ü' };

describe('toRegisterRequest', () => {
  it('leaves what is empty to the defaults of the server', () => {
    expect(toRegisterRequest(form)).toEqual({ name: 'kind', kubeconfig: 'YTogw7w=' });
  });

  it('sends what was chosen', () => {
    const full = { ...form, context: 'dev', namespace: ' apps ', labels: 'env=dev' };
    expect(toRegisterRequest(full, { unreachable: true, duplicate: true })).toMatchObject({
      context: 'dev',
      namespace: 'apps',
      labels: { env: 'dev' },
      allow_unreachable: true,
      allow_duplicate: true,
    });
  });
});

describe('isComplete', () => {
  it('needs a name and a kubeconfig that are not blank, and labels that can be read (U16)', () => {
    expect(isComplete(form)).toBe(true);
    expect(isComplete({ ...form, name: ' ' })).toBe(false);
    expect(isComplete({ ...form, kubeconfig: '\n' })).toBe(false);
    expect(isComplete({ ...form, labels: 'x' })).toBe(false);
  });
});
