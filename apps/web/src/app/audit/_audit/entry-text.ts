import type { AuditEntryData } from '@ushadow/contracts';

const words: Readonly<Record<AuditEntryData['action'], string>> = {
  'cluster.registered': 'cluster registered',
  'cluster.updated': 'cluster changed',
  'cluster.removed': 'cluster removed',
  'credential.replaced': 'credential replaced',
  'pull-secret.set': 'registry credential set',
  'pull-secret.removed': 'registry credential removed',
  'setting.set': 'setting set',
  'setting.removed': 'setting removed',
  'project.uploaded': 'project uploaded',
  'upload.removed': 'upload removed',
  'values.saved': 'values saved',
  'scan.removed': 'scan forgotten',
  'secret.revealed': 'showed a secret value',
  'command.started': 'command started in a container',
  'command.ended': 'command ended',
  'port-forward.started': 'port forwarded',
  'port-forward.ended': 'port-forward ended',
  'channel.created': 'notification channel added',
  'channel.updated': 'notification channel changed',
  'channel.removed': 'notification channel removed',
  'channel.tested': 'notification channel tried',
  'delivery.resent': 'notification sent again',
  'hook.created': 'hook made',
  'hook.removed': 'hook revoked',
  'hook.called': 'hook called',
  'token.created': 'token made',
  'token.revoked': 'token revoked',
  'grant.given': 'role given',
  'grant.taken': 'role taken',
  'keys.rotated': 'keys changed',
  'audit.exported': 'audit exported',
  'audit.trimmed': 'old audit entries removed',
  'deployment.requested': 'asked for',
  'deployment.cancel-requested': 'asked to cancel',
  'deployment.supersede-requested': 'asked to make room for another',
  'deployment.finished': 'ended',
  'deployment.settled': 'settled later',
  'revision.tagged': 'revision tagged',
  'revision.untagged': 'tag of a revision removed',
};

/** `deploy asked for`, `remove ended: failed (IMAGE_NOT_FOUND)`, `setting set`. */
export function entryText({
  action,
  deployment,
  result,
}: Pick<AuditEntryData, 'action' | 'deployment' | 'result'>): string {
  const what = [deployment?.kind, words[action]].filter((part) => part !== undefined).join(' ');
  const verdict = deployment?.verdict ?? null;
  if (verdict !== null) return `${what}: ${verdict.status}${verdict.code === null ? '' : ` (${verdict.code})`}`;
  return result === 'done' || result === 'accepted' ? what : `${what}: ${result}`;
}

/** What it was about: the services of a deployment by name. */
export function subjectOf({
  target,
  deployment,
  project,
  services,
  namespace,
}: Pick<AuditEntryData, 'target' | 'deployment' | 'project' | 'services' | 'namespace'>): string {
  if (deployment === null || project === null) {
    return namespace === null || target.endsWith(` in ${namespace}`) ? target : `${target} in ${namespace}`;
  }
  const of = services.length === 0 ? '' : ` (${services.join(', ')})`;
  return `${project}${of} in ${namespace ?? ''}`.trim();
}
