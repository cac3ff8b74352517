import { join } from 'node:path';

/** The files of one control plane. */
export type ControlPlaneLayout = {
  readonly etcdData: string;
  readonly certificates: string;
  readonly serviceAccountKey: string;
  readonly tokens: string;
  readonly auditPolicy: string;
  readonly auditLog: string;
  readonly kubeconfig: string;
  readonly logs: string;
};

export function controlPlaneLayout(directory: string): ControlPlaneLayout {
  const logs = join(directory, 'logs');
  const certificates = join(directory, 'certificates');
  return {
    etcdData: join(directory, 'etcd'),
    certificates,
    serviceAccountKey: join(certificates, 'service-account.key'),
    tokens: join(certificates, 'tokens.csv'),
    auditPolicy: join(directory, 'audit-policy.yaml'),
    auditLog: join(logs, 'audit.log'),
    kubeconfig: join(directory, 'kubeconfig'),
    logs,
  };
}
