import {
  clusterTarget,
  type AuditEntryData,
  type NotificationData,
  type NotificationKind,
  type VerdictData,
} from '@ushadow/contracts';

interface Place {
  readonly clusterName: string;
  readonly publicUrl: string;
}

const ENDS = new Set(['deployment.finished', 'deployment.settled']);
const TEXT_MAX = 2_000;

/** What an entry of the audit tells people; undefined for what is no end of a deployment, or one that somebody asked for. */
export function fromDeployment(entry: AuditEntryData, { clusterName, publicUrl }: Place): NotificationData | undefined {
  const { deployment, deployment_id: id, project, namespace } = entry;
  const verdict = deployment?.verdict ?? null;
  if (!ENDS.has(entry.action) || deployment === null || verdict === null || id === null) return undefined;
  const type = typeOf(verdict);
  if (type === undefined) return undefined;
  return {
    type,
    severity: type === 'deployment.succeeded' ? 'good' : type === 'deployment.unknown' ? 'warning' : 'bad',
    title: `${nouns[deployment.kind]} of ${project ?? entry.target} on ${clusterName} ${words[type]}`,
    text: textOf(verdict).slice(0, TEXT_MAX),
    facts: factsOf(entry, verdict, { stack: `${namespace ?? ''}/${project ?? ''}`, clusterName }),
    link: `${publicUrl}/deployments/${id}`,
    time: entry.time,
    target: entry.cluster_id === null ? null : clusterTarget(entry.cluster_id),
    stack_id: entry.stack_id,
    deployment_id: id,
  };
}

const nouns: Readonly<Record<NonNullable<AuditEntryData['deployment']>['kind'], string>> = {
  deploy: 'Deployment',
  rollback: 'Rollback',
  remove: 'Removal',
  stop: 'Stop',
  start: 'Start',
  restart: 'Restart',
  scale: 'Scaling',
  envmap: 'Change of variables',
  repair: 'Repair',
  adopt: 'Adoption of changes',
  'update-image': 'Update of images',
  change: 'Change',
  run: 'Run',
};

type End = Extract<NotificationKind, `deployment.${string}`>;

const words: Readonly<Record<End, string>> = {
  'deployment.succeeded': 'succeeded',
  'deployment.failed': 'failed',
  'deployment.rolled-back': 'failed and was rolled back',
  'deployment.unknown': 'ended unknown',
};

function typeOf({ status, rollback }: VerdictData): End | undefined {
  switch (status) {
    case 'succeeded':
      return 'deployment.succeeded';
    case 'failed':
      return rollback?.status === 'succeeded' ? 'deployment.rolled-back' : 'deployment.failed';
    case 'unknown':
      return 'deployment.unknown';
    default:
      return undefined;
  }
}

function textOf(verdict: VerdictData): string {
  const { status, reason, remedy, rollback, settled } = verdict;
  const sentences = [
    ...(settled === undefined ? [] : ['It was not known at first how it ended.']),
    ...(reason === null ? [] : [reason]),
    ...(remedy === null ? [] : [remedy]),
    ...(rollback === undefined ? [] : [rollbackText(rollback)]),
  ];
  if (sentences.length > 0) return sentences.map(asSentence).join(' ');
  return status === 'succeeded' ? 'Everything is ready.' : 'Nothing is known about why.';
}

function rollbackText({ status, reason }: NonNullable<VerdictData['rollback']>): string {
  const why = reason === null ? '' : `: ${reason}`;
  return status === 'succeeded' ? 'The last good state is back' : `Going back to the last good state ${status}${why}`;
}

function asSentence(text: string): string {
  return /[.!?…]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}

function factsOf(
  { services, actor }: AuditEntryData,
  { code, object, source }: VerdictData,
  { stack, clusterName }: { readonly stack: string; readonly clusterName: string },
): NotificationData['facts'] {
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ['Stack', stack],
    ['Cluster', clusterName],
    ['Services', services.join(', ')],
    ['Cause', code],
    ['Object', object],
    ['Line', source == null ? null : lineOf(source)],
    ['By', actor],
  ];
  return facts.flatMap(([name, value]) =>
    value == null || value === '' ? [] : [{ name, value: value.slice(0, 300) }],
  );
}

function lineOf({ file, line, path }: NonNullable<VerdictData['source']>): string {
  return file === undefined ? path : `${file}${line === undefined ? '' : `:${String(line)}`} (${path})`;
}
