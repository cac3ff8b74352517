import { ownTrail } from './own-trail.ts';

const trails = {
  cluster: ownTrail('cluster'),
  compiler: ownTrail('compiler'),
  scanner: ownTrail('scanner'),
  operations: ownTrail('operations'),
  notifier: ownTrail('notifier'),
  access: ownTrail('access'),
};

/** What each service but the deployer answers about its own trail. */
export const trailOperations = {
  listClusterTrail: trails.cluster.list,
  verifyClusterTrail: trails.cluster.verify,
  listCompilerTrail: trails.compiler.list,
  verifyCompilerTrail: trails.compiler.verify,
  listScannerTrail: trails.scanner.list,
  verifyScannerTrail: trails.scanner.verify,
  listOperationsTrail: trails.operations.list,
  verifyOperationsTrail: trails.operations.verify,
  listNotifierTrail: trails.notifier.list,
  verifyNotifierTrail: trails.notifier.verify,
  listAccessTrail: trails.access.list,
  verifyAccessTrail: trails.access.verify,
} as const;
