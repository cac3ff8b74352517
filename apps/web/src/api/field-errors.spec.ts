import { publicOperations } from '@ushadow/contracts';
import { describe, expect, it } from '@jest/globals';
import { fieldErrors } from './field-errors.ts';

const input = publicOperations.startDeployment.input;
const request = { cluster_id: '0123456789abcdef', service_id: 'a:web' };

describe('fieldErrors', () => {
  it('is empty when the contract has nothing against the input', () => {
    expect(fieldErrors(input, { ...request, namespace: 'apps' })).toEqual({});
  });

  it('names each field by its path, with the words of the contract', () => {
    const errors = fieldErrors(input, {
      ...request,
      namespace: 'No',
      k8s_spec: { replicas: 0, ingress: { enabled: true, host: 'A b' } },
    });
    expect(Object.keys(errors).sort()).toEqual(['k8s_spec.ingress.host', 'k8s_spec.replicas', 'namespace']);
    expect(errors['namespace']).toMatch(/^A namespace has lower-case letters.*\.$/);
  });
});
