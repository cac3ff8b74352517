import { noEdits, type EnvironmentEdits } from './environment-edits.ts';

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
  /** What the user changed; a variable that is absent stays as it is. */
  readonly environment: EnvironmentEdits;
  /** The changed values are for this deployment alone; else they are kept for the next one too. */
  readonly onlyThisDeployment: boolean;
  /** Values for `${…}` in the Compose file. */
  readonly fileVariables: ReadonlyMap<string, string>;
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
    environment: noEdits,
    onlyThisDeployment: false,
    fileVariables: new Map(),
  };
}
