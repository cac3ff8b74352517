import { publicOperations } from '@ushadow/contracts';
import { describe, expect, it } from '@jest/globals';
import { fieldErrors } from '../../../api/field-errors.ts';
import { initialDeployForm } from './deploy-form.ts';
import { toDeployRequest, toPreviewRequest } from './to-deploy-request.ts';

const target = { clusterId: '0123456789abcdef', serviceId: 'stack:web' };
const form = initialDeployForm('apps');
const errorsOf = (request: unknown) => fieldErrors(publicOperations.startDeployment.input, request);

describe('toDeployRequest', () => {
  it('sends target and namespace alone for an untouched form', () => {
    expect(toDeployRequest(target, form)).toEqual({
      cluster_id: target.clusterId,
      service_id: 'stack:web',
      namespace: 'apps',
    });
  });

  it('sends only the variables that were typed, an empty text included', () => {
    const request = toDeployRequest(target, { ...form, environment: { DEBUG: '', PORT: '80' } });
    expect(request.env_vars).toEqual({ DEBUG: '', PORT: '80' });
  });

  it('tells no probes from probes of the Compose file', () => {
    expect(toDeployRequest(target, { ...form, health: 'none' }).k8s_spec).toEqual({ health_check_path: null });
    expect(toDeployRequest(target, { ...form, health: 'path', healthPath: '/up' }).k8s_spec).toEqual({
      health_check_path: '/up',
    });
  });

  it('leaves an ingress out until it is switched on', () => {
    const ingress = { enabled: false, host: 'a.example', path: '', tls: true, className: '' };
    expect(toDeployRequest(target, { ...form, ingress }).k8s_spec).toBeUndefined();
    expect(toDeployRequest(target, { ...form, ingress: { ...ingress, enabled: true } }).k8s_spec).toEqual({
      ingress: { enabled: true, host: 'a.example', tls: true },
    });
  });

  it('fits the contract when everything is filled in', () => {
    const request = toDeployRequest(target, {
      ...form,
      replicas: '3',
      serviceType: 'NodePort',
      resources: { cpuRequest: '100m', cpuLimit: '1', memoryRequest: '64Mi', memoryLimit: '' },
      nodeName: 'node-1',
      deadlineSeconds: '60',
    });
    expect(errorsOf(request)).toEqual({});
    expect(request).toMatchObject({
      node_name: 'node-1',
      deadline_seconds: 60,
      k8s_spec: { replicas: 3, resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1' } } },
    });
  });

  it.each(['0', '101', '1.5', 'many'])('is refused by the contract for %s replicas', (replicas) => {
    expect(Object.keys(errorsOf(toDeployRequest(target, { ...form, replicas })))).toEqual(['k8s_spec.replicas']);
  });
});

describe('toPreviewRequest', () => {
  it('asks for what the deploy would send to the compiler', () => {
    expect(toPreviewRequest(target, { ...form, replicas: '2', environment: { A: 'b' } })).toEqual({
      service_id: 'stack:web',
      namespace: 'apps',
      k8s_spec: { replicas: 2 },
      env_vars: { A: 'b' },
    });
  });
});
