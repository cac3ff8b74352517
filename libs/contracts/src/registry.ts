import { authenticate } from './access/authenticate.ts';
import { accessOperations } from './access/operations.ts';
import { auditEvents } from './audit/audit-events.ts';
import { trailOperations } from './audit/trail-operations.ts';
import { checkCluster } from './cluster/check-cluster.ts';
import { checkPermissions } from './cluster/check-permissions.ts';
import { deleteCluster } from './cluster/delete-cluster.ts';
import { getAccessManifest } from './cluster/get-access-manifest.ts';
import { getCluster } from './cluster/get-cluster.ts';
import { getSandbox } from './cluster/get-sandbox.ts';
import { inspectKubeconfig } from './cluster/inspect-kubeconfig.ts';
import { listClusters } from './cluster/list-clusters.ts';
import { listNodes } from './cluster/list-nodes.ts';
import { listPullSecrets } from './cluster/list-pull-secrets.ts';
import { openConnection } from './cluster/open-connection.ts';
import { openPullSecrets } from './cluster/open-pull-secrets.ts';
import { registerCluster } from './cluster/register-cluster.ts';
import { removePullSecret } from './cluster/remove-pull-secret.ts';
import { replaceCredential } from './cluster/replace-credential.ts';
import { setPullSecret } from './cluster/set-pull-secret.ts';
import { updateCluster } from './cluster/update-cluster.ts';
import { compileProject } from './compiler/compile-project.ts';
import { deleteSetting } from './compiler/delete-setting.ts';
import { deleteUpload } from './compiler/delete-upload.ts';
import { getProject } from './compiler/get-project.ts';
import { getServiceEnv } from './compiler/get-service-env.ts';
import { getTemplate } from './compiler/get-template.ts';
import { listInfraServices } from './compiler/list-infra-services.ts';
import { listProjects } from './compiler/list-projects.ts';
import { listServices } from './compiler/list-services.ts';
import { listSettings } from './compiler/list-settings.ts';
import { listTemplates } from './compiler/list-templates.ts';
import { listUploads } from './compiler/list-uploads.ts';
import { previewService } from './compiler/preview-service.ts';
import { projectVariables } from './compiler/project-variables.ts';
import { putSetting } from './compiler/put-setting.ts';
import { saveServiceEnv } from './compiler/save-service-env.ts';
import { uploadProject } from './compiler/upload-project.ts';
import { useTemplate } from './compiler/use-template.ts';
import { deployStack } from './deployer/deploy-stack.ts';
import { planStack } from './deployer/plan-stack.ts';
import { planChange } from './deployer/plan-change.ts';
import { redeployStack } from './deployer/redeploy-stack.ts';
import { listStacks } from './deployer/list-stacks.ts';
import { getRouteTarget } from './deployer/get-route-target.ts';
import { getStack } from './deployer/get-stack.ts';
import { rollbackStack } from './deployer/rollback-stack.ts';
import { removeStack } from './deployer/remove-stack.ts';
import { startService } from './deployer/start-service.ts';
import { applyEnvmap } from './deployer/apply-envmap.ts';
import { cancelDeployment } from './deployer/cancel-deployment.ts';
import { locateStack } from './deployer/locate-stack.ts';
import { openMaskValues } from './deployer/open-mask-values.ts';
import { changeStack } from './deployer/change-stack.ts';
import { checkDrift } from './deployer/check-drift.ts';
import { checkImages } from './deployer/check-images.ts';
import { knownProjects } from './deployer/known-projects.ts';
import { lastEnvironment } from './deployer/last-environment.ts';
import { getDeployment } from './deployer/get-deployment.ts';
import { getDrift } from './deployer/get-drift.ts';
import { getHistory } from './deployer/get-history.ts';
import { getPlan } from './deployer/get-plan.ts';
import { listAudit } from './deployer/list-audit.ts';
import { listDeadLetters } from './deployer/list-dead-letters.ts';
import { listDeploymentEvents } from './deployer/list-deployment-events.ts';
import { listDeployments } from './deployer/list-deployments.ts';
import { listPods } from './deployer/list-pods.ts';
import { restartService } from './deployer/restart-service.ts';
import { rollbackDeployment } from './deployer/rollback-deployment.ts';
import { runJob } from './deployer/run-job.ts';
import { scaleService } from './deployer/scale-service.ts';
import { startDeployment } from './deployer/start-deployment.ts';
import { stopService } from './deployer/stop-service.ts';
import { diffRevisions } from './deployer/diff-revisions.ts';
import { downloadManifests, getManifest, listManifests } from './deployer/manifests.ts';
import { planAgain } from './deployer/plan-again.ts';
import { planRollback } from './deployer/plan-rollback.ts';
import { tagRevision } from './deployer/tag-revision.ts';
import { untagRevision } from './deployer/untag-revision.ts';
import { verifyAudit } from './deployer/verify-audit.ts';
import {
  clusterPoliciesChanged,
  clusterRegistered,
  clusterRemoved,
  clusterStatusChanged,
} from './events/cluster-events.ts';
import { deployRequested } from './events/deploy-requested.ts';
import { deploymentEndRequested } from './events/deployment-end-requested.ts';
import { deploymentProgressed } from './events/deployment-progressed.ts';
import { scanCompleted } from './events/scan-completed.ts';
import { scanProgressed } from './events/scan-progressed.ts';
import { stackDrifted, stackDriftResolved } from './events/stack-drift.ts';
import type { HttpOperation } from './http/build-request.ts';
import type { ByteStreamDefinition } from './define-byte-stream.ts';
import { getPodLogs } from './operations/get-pod-logs.ts';
import { getStackMetrics } from './operations/get-stack-metrics.ts';
import { listStackEvents } from './operations/list-stack-events.ts';
import { getLiveObject, listConfig, revealSecretKey } from './operations/live-objects.ts';
import { followStackTree, getStackTree } from './operations/stack-tree.ts';
import { downloadLogs, followLogs } from './operations/log-streams.ts';
import { execInContainer, forwardPort } from './operations/shell-streams.ts';
import { callHook } from './notifier/call-hook.ts';
import { createHook } from './notifier/create-hook.ts';
import { listHooks } from './notifier/list-hooks.ts';
import { removeHook } from './notifier/remove-hook.ts';
import { createChannel } from './notifier/create-channel.ts';
import { deleteChannel } from './notifier/delete-channel.ts';
import { listChannels } from './notifier/list-channels.ts';
import { listDeliveries } from './notifier/list-deliveries.ts';
import { resendDelivery } from './notifier/resend-delivery.ts';
import { testChannel } from './notifier/test-channel.ts';
import { updateChannel } from './notifier/update-channel.ts';
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
  getAccessManifest,
  listNodes,
  getSandbox,
  setPullSecret,
  listPullSecrets,
  removePullSecret,
  listProjects,
  getProject,
  projectVariables,
  listServices,
  listInfraServices,
  getServiceEnv,
  saveServiceEnv,
  listSettings,
  putSetting,
  deleteSetting,
  uploadProject,
  listUploads,
  deleteUpload,
  listTemplates,
  getTemplate,
  useTemplate,
  previewService,
  scanInfra,
  scanNamespaces,
  listScans,
  deleteScan,
  getPlan,
  planStack,
  deployStack,
  redeployStack,
  listStacks,
  getStack,
  rollbackStack,
  removeStack,
  startService,
  startDeployment,
  listDeployments,
  getDeployment,
  listDeploymentEvents,
  cancelDeployment,
  rollbackDeployment,
  getHistory,
  tagRevision,
  untagRevision,
  diffRevisions,
  listManifests,
  getManifest,
  downloadManifests,
  planRollback,
  planAgain,
  stopService,
  restartService,
  scaleService,
  getDrift,
  checkDrift,
  planChange,
  changeStack,
  checkImages,
  runJob,
  listAudit,
  verifyAudit,
  listDeadLetters,
  listPods,
  getPodLogs,
  applyEnvmap,
  createChannel,
  listChannels,
  updateChannel,
  deleteChannel,
  testChannel,
  listDeliveries,
  resendDelivery,
  getStackTree,
  listStackEvents,
  getStackMetrics,
  getLiveObject,
  listConfig,
  revealSecretKey,
  createHook,
  listHooks,
  removeHook,
  callHook,
  ...accessOperations,
} as const;

/** The public operations by name, seen without their particular types. */
export const httpOperations = publicOperations as unknown as Readonly<Record<string, HttpOperation>>;

/** Between services only. */
export const internalOperations = {
  openConnection,
  openPullSecrets,
  compileProject,
  lastEnvironment,
  getRouteTarget,
  knownProjects,
  locateStack,
  openMaskValues,
  ...trailOperations,
} as const;

/** Asked by the gateway for itself. */
export const gatewayOperations = { authenticate } as const;

/** What goes on coming: bound by the gateway as its kind wants it. */
export const byteStreams = { followLogs, downloadLogs, followStackTree, execInContainer, forwardPort } as const;

/** The same by name, seen without their particular types. */
export const allByteStreams = byteStreams as unknown as Readonly<Record<string, ByteStreamDefinition>>;

/** Asked by the gateway for who opens a stream. */
export const openingOperations = {
  openLogs: byteStreams.followLogs.open,
  openLogDownload: byteStreams.downloadLogs.open,
  openStackTree: byteStreams.followStackTree.open,
  openExec: byteStreams.execInContainer.open,
  openPortForward: byteStreams.forwardPort.open,
} as const;

export const operations = {
  ...publicOperations,
  ...internalOperations,
  ...gatewayOperations,
  ...openingOperations,
} as const;

/** By service: its entries, and its newest one. */
const audited = {
  cluster: auditEvents('cluster'),
  compiler: auditEvents('compiler'),
  scanner: auditEvents('scanner'),
  operations: auditEvents('operations'),
  deployer: auditEvents('deployer', ['notifier']),
  notifier: auditEvents('notifier'),
  access: auditEvents('access'),
};

export const events = {
  deployRequested,
  deploymentProgressed,
  deploymentEndRequested,
  clusterRegistered,
  clusterRemoved,
  clusterStatusChanged,
  clusterPoliciesChanged,
  scanCompleted,
  scanProgressed,
  stackDrifted,
  stackDriftResolved,
  clusterRecorded: audited.cluster.recorded,
  clusterAnchored: audited.cluster.anchored,
  compilerRecorded: audited.compiler.recorded,
  compilerAnchored: audited.compiler.anchored,
  scannerRecorded: audited.scanner.recorded,
  scannerAnchored: audited.scanner.anchored,
  deployerRecorded: audited.deployer.recorded,
  deployerAnchored: audited.deployer.anchored,
  operationsRecorded: audited.operations.recorded,
  operationsAnchored: audited.operations.anchored,
  notifierRecorded: audited.notifier.recorded,
  notifierAnchored: audited.notifier.anchored,
  accessRecorded: audited.access.recorded,
  accessAnchored: audited.access.anchored,
} as const;
