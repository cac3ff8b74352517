import { join } from 'node:path';
import type { ControlPlaneLayout } from '../layout.ts';

export function controllerManagerArguments(layout: ControlPlaneLayout): readonly string[] {
  return [
    `--kubeconfig=${layout.kubeconfig}`,
    `--service-account-private-key-file=${layout.serviceAccountKey}`,
    `--root-ca-file=${join(layout.certificates, 'apiserver.crt')}`,
    '--use-service-account-credentials=true',
    '--leader-elect=false',
    // Claims wait up to 15 s for their volume otherwise.
    '--pvclaimbinder-sync-period=1s',
    // Its 20 requests a second let five Deployments a second become ready, whatever asks for them.
    '--kube-api-qps=200',
    '--kube-api-burst=400',
    '--secure-port=0',
  ];
}
export function schedulerArguments({ kubeconfig }: ControlPlaneLayout): readonly string[] {
  return [`--kubeconfig=${kubeconfig}`, '--leader-elect=false', '--secure-port=0'];
}
