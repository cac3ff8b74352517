import type { ControlPlaneLayout } from '../layout.ts';

/** One administrator by token; the certificate is signed by the server itself at its first start. */
export function apiserverArguments(layout: ControlPlaneLayout, port: number, etcdPort: number): readonly string[] {
  return [
    `--etcd-servers=http://127.0.0.1:${etcdPort}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    // A loopback address may not stand in Endpoints; nothing runs inside this cluster that would look for it.
    '--endpoint-reconciler-type=none',
    `--secure-port=${port}`,
    `--cert-dir=${layout.certificates}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${layout.serviceAccountKey}`,
    `--service-account-signing-key-file=${layout.serviceAccountKey}`,
    '--service-cluster-ip-range=10.96.0.0/16',
    '--authorization-mode=RBAC',
    `--token-auth-file=${layout.tokens}`,
    '--allow-privileged=true',
    `--audit-policy-file=${layout.auditPolicy}`,
    `--audit-log-path=${layout.auditLog}`,
    '--audit-log-maxsize=100',
    '--audit-log-maxbackup=2',
  ];
}
