import type { ControlPlaneLayout } from '../layout.ts';

export function schedulerArguments({ kubeconfig }: ControlPlaneLayout): readonly string[] {
  return [`--kubeconfig=${kubeconfig}`, '--leader-elect=false', '--secure-port=0'];
}
