import { describe, expect, it } from '@jest/globals';
import { specFormOf, toSpec } from './spec-form.ts';

const full = {
  replicas: 3,
  service_type: 'NodePort',
  health_check_path: '/healthz',
  ingress: { enabled: true, host: 'app.example', path: '/x', tls: true, class_name: 'nginx' },
  resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1', memory: '128Mi' } },
} as const;

describe('the specification of a service', () => {
  it('asks for nothing when nothing is typed', () => {
    expect(toSpec(specFormOf())).toEqual({});
  });

  it('is the same after it was shown in a form', () => {
    expect(toSpec(specFormOf(full), full)).toEqual(full);
    expect(toSpec(specFormOf({ health_check_path: null }))).toEqual({ health_check_path: null });
  });

  it('says that an ingress goes that is remembered', () => {
    const off = { ...specFormOf(full), ingress: { ...specFormOf(full).ingress, enabled: false } };
    expect(toSpec(off, full).ingress).toEqual({ enabled: false });
    expect(toSpec(specFormOf()).ingress).toBeUndefined();
  });

  it('keeps what is no number as one that the contract refuses', () => {
    expect(toSpec({ ...specFormOf(), replicas: 'many' }).replicas).toBeNaN();
  });
});
