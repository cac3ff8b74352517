/** What the deploy dialog holds: texts as typed. Empty means: leave it to the Compose file or the server. */
export interface DeployForm {
  readonly namespace: string;
  readonly replicas: string;
  readonly serviceType: string;
  readonly health: 'compose' | 'none' | 'path';
  readonly healthPath: string;
  readonly ingress: IngressForm;
  readonly resources: ResourcesForm;
  readonly nodeName: string;
  readonly deadlineSeconds: string;
  /** Only what the user typed; a variable that is absent keeps its value. */
  readonly environment: Readonly<Record<string, string>>;
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

export function initialDeployForm(namespace: string): DeployForm {
  return {
    namespace,
    replicas: '',
    serviceType: '',
    health: 'compose',
    healthPath: '/',
    ingress: { enabled: false, host: '', path: '', tls: false, className: '' },
    resources: { cpuRequest: '', cpuLimit: '', memoryRequest: '', memoryLimit: '' },
    nodeName: '',
    deadlineSeconds: '',
    environment: {},
  };
}
