import { checkCluster } from './cluster/check-cluster.ts';
import { checkPermissions } from './cluster/check-permissions.ts';
import { deleteCluster } from './cluster/delete-cluster.ts';
import { getCluster } from './cluster/get-cluster.ts';
import { inspectKubeconfig } from './cluster/inspect-kubeconfig.ts';
import { listClusters } from './cluster/list-clusters.ts';
import { listNodes } from './cluster/list-nodes.ts';
import { openConnection } from './cluster/open-connection.ts';
import { registerCluster } from './cluster/register-cluster.ts';
import { replaceCredential } from './cluster/replace-credential.ts';
import { updateCluster } from './cluster/update-cluster.ts';
import { compileService } from './compiler/compile-service.ts';
import { getServiceEnv } from './compiler/get-service-env.ts';
import { listInfraServices } from './compiler/list-infra-services.ts';
import { listServices } from './compiler/list-services.ts';
import { previewService } from './compiler/preview-service.ts';
import { applyEnvmap } from './deployer/apply-envmap.ts';
import { getDeployment } from './deployer/get-deployment.ts';
import { listDeploymentEvents } from './deployer/list-deployment-events.ts';
import { listDeployments } from './deployer/list-deployments.ts';
import { listPods } from './deployer/list-pods.ts';
import { startDeployment } from './deployer/start-deployment.ts';
import { clusterRegistered, clusterRemoved, clusterStatusChanged } from './events/cluster-events.ts';
import { deployRequested } from './events/deploy-requested.ts';
import { deploymentAudited } from './events/deployment-audited.ts';
import { deploymentProgressed } from './events/deployment-progressed.ts';
import { scanCompleted } from './events/scan-completed.ts';
import { scanProgressed } from './events/scan-progressed.ts';
import { deleteScan } from './scanner/delete-scan.ts';
import { listScans } from './scanner/list-scans.ts';
import { scanInfra } from './scanner/scan-infra.ts';
import { scanNamespaces } from './scanner/scan-namespaces.ts';

/** Reached over HTTP: the gateway's routes, OpenAPI and the client are made from this. */
export const publicOperations = {
  registerCluster,
  listClusters,
  getCluster,
  updateCluster,
  deleteCluster,
  checkCluster,
  checkPermissions,
  replaceCredential,
  inspectKubeconfig,
  listNodes,
  listServices,
  listInfraServices,
  getServiceEnv,
  previewService,
  scanInfra,
  scanNamespaces,
  listScans,
  deleteScan,
  startDeployment,
  listDeployments,
  getDeployment,
  listDeploymentEvents,
  listPods,
  applyEnvmap,
} as const;

/** Between services only. */
export const internalOperations = { openConnection, compileService } as const;

export const operations = { ...publicOperations, ...internalOperations } as const;

export const events = {
  deployRequested,
  deploymentProgressed,
  deploymentAudited,
  clusterRegistered,
  clusterRemoved,
  clusterStatusChanged,
  scanCompleted,
  scanProgressed,
} as const;
