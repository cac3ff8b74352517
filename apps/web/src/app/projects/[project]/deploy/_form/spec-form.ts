import type { DeploymentSpecData } from '@ushadow/contracts';

/** How one service is to run, as typed. Empty means: leave it to the Compose file or the server. */
export interface SpecForm {
  readonly replicas: string;
  readonly serviceType: string;
  readonly health: 'compose' | 'none' | 'path';
  readonly healthPath: string;
  /** With commas between. */
  readonly publicAt: string;
  readonly ingress: IngressForm;
  readonly resources: ResourcesForm;
}

export interface IngressForm {
  readonly enabled: boolean;
  readonly host: string;
  readonly path: string;
  readonly tls: boolean;
  readonly className: string;
}

export interface ResourcesForm {
  readonly cpuRequest: string;
  readonly cpuLimit: string;
  readonly memoryRequest: string;
  readonly memoryLimit: string;
}

/** The form of what is remembered of a service; of nothing: an empty one. */
export function specFormOf(spec: DeploymentSpecData = {}): SpecForm {
  const {
    replicas,
    service_type: serviceType,
    health_check_path: path,
    public_at: publicAt,
    ingress,
    resources,
  } = spec;
  return {
    replicas: replicas === undefined ? '' : String(replicas),
    serviceType: serviceType ?? '',
    health: path === undefined ? 'compose' : path === null ? 'none' : 'path',
    healthPath: path ?? '/',
    publicAt: (publicAt ?? []).join(', '),
    ingress: ingressFormOf(ingress),
    resources: resourcesFormOf(resources),
  };
}

function ingressFormOf({
  enabled = false,
  host = '',
  path = '',
  tls = false,
  class_name: className = '',
}: Partial<NonNullable<DeploymentSpecData['ingress']>> = {}): IngressForm {
  return { enabled, host, path, tls, className };
}

function resourcesFormOf({ requests = {}, limits = {} }: DeploymentSpecData['resources'] = {}): ResourcesForm {
  return {
    cpuRequest: requests.cpu ?? '',
    cpuLimit: limits.cpu ?? '',
    memoryRequest: requests.memory ?? '',
    memoryLimit: limits.memory ?? '',
  };
}

/** What a form asks for. `remembered` had an ingress or addresses: then it has to be said that they go. */
export function toSpec(form: SpecForm, remembered: DeploymentSpecData = {}): DeploymentSpecData {
  const resources = toResources(form.resources);
  const ingress = form.ingress.enabled
    ? { ingress: toIngress(form.ingress) }
    : remembered.ingress?.enabled === true
      ? { ingress: { enabled: false } }
      : {};
  return {
    ...presentNumber('replicas', form.replicas),
    // The choices are the contract's own, which checks them again before anything is sent.
    ...(present('service_type', form.serviceType) as Pick<DeploymentSpecData, 'service_type'>),
    ...(form.health === 'none' ? { health_check_path: null } : {}),
    ...(form.health === 'path' ? { health_check_path: form.healthPath.trim() } : {}),
    ...toAddresses(form.publicAt, remembered),
    ...ingress,
    ...(Object.keys(resources).length === 0 ? {} : { resources }),
  };
}

function toAddresses(text: string, remembered: DeploymentSpecData): Pick<DeploymentSpecData, 'public_at'> {
  const addresses = text.split(/[\s,]+/).filter((address) => address !== '');
  if (addresses.length > 0) return { public_at: addresses };
  return (remembered.public_at ?? []).length > 0 ? { public_at: [] } : {};
}

/** Something is asked for. */
export function isAsking(spec: DeploymentSpecData): boolean {
  return Object.keys(spec).length > 0;
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
