import type { DeploymentSpecData, operations, RequestOf } from '@ushadow/contracts';
import type { DeployForm, IngressForm, ResourcesForm } from './deploy-form.ts';
import type { PassingValues } from './passing-values.ts';

/** Without a stored plan: the service is named. */
export type DeployRequest = RequestOf<typeof operations.startDeployment> & { readonly service_id: string };
export type PreviewRequest = RequestOf<typeof operations.previewService>;

export interface DeployTarget {
  readonly clusterId: string;
  readonly serviceId: string;
}

/** What is sent for a form. Fields left empty are left out; `values` are those of the environment that are not saved. */
export function toDeployRequest(target: DeployTarget, form: DeployForm, values: PassingValues): DeployRequest {
  return {
    cluster_id: target.clusterId,
    service_id: target.serviceId,
    namespace: form.namespace.trim(),
    ...present('node_name', form.nodeName),
    ...presentNumber('deadline_seconds', form.deadlineSeconds),
    ...compileInput(form, values),
  };
}

/** What has no value yet is left out of a preview; a deploy would be refused. */
export function toPreviewRequest(target: DeployTarget, form: DeployForm, values: PassingValues): PreviewRequest {
  return {
    service_id: target.serviceId,
    cluster_id: target.clusterId,
    namespace: form.namespace.trim(),
    allow_unresolved: true,
    ...compileInput(form, values),
  };
}

type CompileInput = Pick<DeployRequest, 'k8s_spec' | 'env_vars' | 'env_secrets' | 'variables'>;

function compileInput(form: DeployForm, { values, marks }: PassingValues): CompileInput {
  const spec = toSpec(form);
  return {
    ...(Object.keys(spec).length === 0 ? {} : { k8s_spec: spec }),
    ...(values.size === 0 ? {} : { env_vars: Object.fromEntries(values) }),
    ...(marks.size === 0 ? {} : { env_secrets: Object.fromEntries(marks) }),
    ...presentVariables(form.fileVariables),
  };
}

/** An empty field is one that was not filled in. */
function presentVariables(variables: DeployForm['fileVariables']): Pick<CompileInput, 'variables'> {
  const given = [...variables].filter(([, value]) => value !== '');
  return given.length === 0 ? {} : { variables: Object.fromEntries(given) };
}

function toSpec(form: DeployForm): DeploymentSpecData {
  const resources = toResources(form.resources);
  return {
    ...presentNumber('replicas', form.replicas),
    // The choices are the contract's own, which checks them again before anything is sent.
    ...(present('service_type', form.serviceType) as Pick<DeploymentSpecData, 'service_type'>),
    ...(form.health === 'none' ? { health_check_path: null } : {}),
    ...(form.health === 'path' ? { health_check_path: form.healthPath.trim() } : {}),
    ...(form.ingress.enabled ? { ingress: toIngress(form.ingress) } : {}),
    ...(Object.keys(resources).length === 0 ? {} : { resources }),
  };
}

function toIngress(form: IngressForm): NonNullable<DeploymentSpecData['ingress']> {
  return {
    enabled: true,
    ...present('host', form.host),
    ...present('path', form.path),
    ...(form.tls ? { tls: true } : {}),
    ...present('class_name', form.className),
  };
}

function toResources(form: ResourcesForm): NonNullable<DeploymentSpecData['resources']> {
  const requests = { ...present('cpu', form.cpuRequest), ...present('memory', form.memoryRequest) };
  const limits = { ...present('cpu', form.cpuLimit), ...present('memory', form.memoryLimit) };
  return {
    ...(Object.keys(requests).length === 0 ? {} : { requests }),
    ...(Object.keys(limits).length === 0 ? {} : { limits }),
  };
}

function present<K extends string>(name: K, text: string): { [P in K]?: string } {
  const value = text.trim();
  return (value === '' ? {} : { [name]: value }) as { [P in K]?: string };
}

/** What is no number stays one that the contract refuses, so that the field says so. */
function presentNumber<K extends string>(name: K, text: string): { [P in K]?: number } {
  return (text.trim() === '' ? {} : { [name]: Number(text) }) as { [P in K]?: number };
}
