/** Everything that changes something, as the audit has it: `<noun>.<past-verb>`. */
export const auditActions = [
  'cluster.registered',
  'cluster.updated',
  'cluster.removed',
  'credential.replaced',
  'pull-secret.set',
  'pull-secret.removed',
  'setting.set',
  'setting.removed',
  'project.uploaded',
  'upload.removed',
  'values.saved',
  'scan.removed',
  'command.started',
  'command.ended',
  'port-forward.started',
  'port-forward.ended',
  'keys.rotated',
  'audit.exported',
  'audit.trimmed',
  'deployment.requested',
  'deployment.cancel-requested',
  'deployment.supersede-requested',
  'deployment.finished',
  'deployment.settled',
] as const;

export type AuditAction = (typeof auditActions)[number];
