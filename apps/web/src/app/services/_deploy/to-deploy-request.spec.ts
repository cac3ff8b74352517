import { publicOperations } from '@ushadow/contracts';
import { describe, expect, it } from '@jest/globals';
import { fieldErrors } from '../../../api/field-errors.ts';
import { initialDeployForm } from './deploy-form.ts';
import { nothingPassing, type PassingValues } from './passing-values.ts';
import { toDeployRequest, toPreviewRequest } from './to-deploy-request.ts';

const target = { clusterId: '0123456789abcdef', serviceId: 'stack:web' };
const form = initialDeployForm('apps');
const values: PassingValues = {
  values: new Map([
    ['DEBUG', ''],
    ['PORT', '80'],
  ]),
  marks: new Map([['PORT', true]]),
  onlySaved: [],
};
const errorsOf = (request: unknown) => fieldErrors(publicOperations.startDeployment.input, request);

describe('toDeployRequest', () => {
  it('sends target and namespace alone for an untouched form', () => {
    expect(toDeployRequest(target, form, nothingPassing)).toEqual({
      cluster_id: target.clusterId,
      service_id: 'stack:web',
      namespace: 'apps',
    });
  });

  it('sends the values and marks that are for this deployment alone, an empty text included', () => {
    const request = toDeployRequest(target, form, values);
    expect(request.env_vars).toEqual({ DEBUG: '', PORT: '80' });
    expect(request.env_secrets).toEqual({ PORT: true });
  });

  it('sends values for the Compose file, but no field that was left empty', () => {
    const fileVariables = new Map([
      ['TAG', '1.27'],
      ['GREETING', ''],
    ]);
    expect(toDeployRequest(target, { ...form, fileVariables }, nothingPassing).variables).toEqual({ TAG: '1.27' });
  });

  it('tells no probes from probes of the Compose file', () => {
    expect(toDeployRequest(target, { ...form, health: 'none' }, nothingPassing).k8s_spec).toEqual({
      health_check_path: null,
    });
    expect(toDeployRequest(target, { ...form, health: 'path', healthPath: '/up' }, nothingPassing).k8s_spec).toEqual({
      health_check_path: '/up',
    });
  });

  it('leaves an ingress out until it is switched on', () => {
    const ingress = { enabled: false, host: 'a.example', path: '', tls: true, className: '' };
    expect(toDeployRequest(target, { ...form, ingress }, nothingPassing).k8s_spec).toBeUndefined();
    expect(
      toDeployRequest(target, { ...form, ingress: { ...ingress, enabled: true } }, nothingPassing).k8s_spec,
    ).toEqual({
      ingress: { enabled: true, host: 'a.example', tls: true },
    });
  });

  it('fits the contract when everything is filled in', () => {
    const request = toDeployRequest(
      target,
      {
        ...form,
        replicas: '3',
        serviceType: 'NodePort',
        resources: { cpuRequest: '100m', cpuLimit: '1', memoryRequest: '64Mi', memoryLimit: '' },
        nodeName: 'node-1',
        deadlineSeconds: '60',
      },
      values,
    );
    expect(errorsOf(request)).toEqual({});
    expect(request).toMatchObject({
      node_name: 'node-1',
      deadline_seconds: 60,
      k8s_spec: { replicas: 3, resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1' } } },
    });
  });

  it.each(['0', '101', '1.5', 'many'])('is refused by the contract for %s replicas', (replicas) => {
    expect(Object.keys(errorsOf(toDeployRequest(target, { ...form, replicas }, nothingPassing)))).toEqual([
      'k8s_spec.replicas',
    ]);
  });
});

describe('toPreviewRequest', () => {
  it('asks for the same place and values as the deploy, but goes on without what is missing', () => {
    expect(toPreviewRequest(target, { ...form, replicas: '2' }, values)).toEqual({
      service_id: 'stack:web',
      cluster_id: target.clusterId,
      namespace: 'apps',
      allow_unresolved: true,
      k8s_spec: { replicas: 2 },
      env_vars: { DEBUG: '', PORT: '80' },
      env_secrets: { PORT: true },
    });
  });
});
