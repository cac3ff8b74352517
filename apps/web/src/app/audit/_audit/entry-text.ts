import type { AuditEntryData } from '@ushadow/contracts';

const words: Readonly<Record<AuditEntryData['action'], string>> = {
  'deployment.requested': 'asked for',
  'deployment.cancel-requested': 'asked to cancel',
  'deployment.supersede-requested': 'asked to make room for another',
  'deployment.finished': 'ended',
  'deployment.settled': 'settled later',
  'envmap.applied': 'changed variables',
};

/** `deploy asked for`, `remove ended: failed (IMAGE_NOT_FOUND)`. */
export function entryText({ action, kind, verdict }: Pick<AuditEntryData, 'action' | 'kind' | 'verdict'>): string {
  const what = [kind, words[action]].filter((part) => part !== null).join(' ');
  if (verdict === null) return what;
  return `${what}: ${verdict.status}${verdict.code === null ? '' : ` (${verdict.code})`}`;
}

/** What it was about, in words of today or of the time before stacks. */
export function subjectOf({
  project,
  services,
  service_name: name,
  namespace,
}: Pick<AuditEntryData, 'project' | 'services' | 'service_name' | 'namespace'>): string {
  const what = project ?? name ?? '';
  const of = services === undefined || services.length === 0 ? '' : ` (${services.join(', ')})`;
  return `${what}${of} in ${namespace}`.trim();
}
