import type { ClusterConnection } from '@ushadow/kubernetes';
import { parseKubeconfig } from '@ushadow/kubernetes';

/** @throws Error with what is wrong with the kubeconfig */
export function connectionFrom(kubeconfig: string): ClusterConnection {
  const parsed = parseKubeconfig(kubeconfig);
  if (!parsed.ok) throw new Error(`USHADOW_E2E_KUBECONFIG: ${JSON.stringify(parsed.problems)}`);
  return parsed.connection;
}
