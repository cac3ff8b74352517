import { describe, expect, it } from '@jest/globals';
import type { DeploymentSpecData } from '@ushadow/contracts';
import { specFormOf, toSpec } from './spec-form.ts';

const full = {
  replicas: 3,
  service_type: 'NodePort',
  health_check_path: '/healthz',
  public_at: ['app.example:3000/api', 'www.app.example'],
  ingress: { enabled: true, host: 'app.example', path: '/x', tls: true, class_name: 'nginx' },
  resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1', memory: '128Mi' } },
} satisfies DeploymentSpecData;

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

  it('says that public addresses go that are remembered, and takes any spelling of a list', () => {
    const none = { ...specFormOf(), publicAt: ' ' };
    expect(toSpec(none, { public_at: ['app.example'] }).public_at).toEqual([]);
    expect(toSpec(none).public_at).toBeUndefined();
    expect(toSpec({ ...none, publicAt: 'a.example,b.example\nc.example ' }).public_at).toEqual([
      'a.example',
      'b.example',
      'c.example',
    ]);
  });

  it('keeps what is no number as one that the contract refuses', () => {
    expect(toSpec({ ...specFormOf(), replicas: 'many' }).replicas).toBeNaN();
  });
});
