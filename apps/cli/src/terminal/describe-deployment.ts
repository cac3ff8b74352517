import type { DeploymentData } from '@ushadow/contracts';

const NAMES_MAX = 5;

/** One line: what, where, how it stands. */
export function describeDeployment(deployment: DeploymentData): string {
  const { deployment_id: id, kind, namespace, revision, status } = deployment;
  return `${id} ${kind} ${subject(deployment)} in ${namespace}, revision ${String(revision)}: ${status}`;
}

/** What it is about: the project, with its services where they are few. */
export function subject({ project, services }: Pick<DeploymentData, 'project' | 'services'>): string {
  const [only, second] = services;
  if (only !== undefined && second === undefined) return `${project}/${only}`;
  return services.length <= NAMES_MAX
    ? `${project} (${services.join(', ')})`
    : `${project} (${String(services.length)} services)`;
}

/** Why it ended as it did, line by line; nothing for what went well. */
export function verdictLines({ verdict, plan_id: applied }: Pick<DeploymentData, 'verdict' | 'plan_id'>): string[] {
  if (verdict === null || verdict.status === 'succeeded') return [];
  const { code, reason, object, remedy, source, rollback, plan_id: planId, superseded_by: by } = verdict;
  const place = placeText(source);
  return [
    [code, reason].filter((part) => part !== null).join(' '),
    ...(object === null ? [] : [`object ${object}`]),
    ...(place === '' ? [] : [`line ${place}`]),
    ...(remedy === null ? [] : [`remedy: ${remedy}`]),
    ...(rollback === undefined ? [] : [`rolled back: ${[rollback.status, rollback.reason ?? ''].join(' ').trim()}`]),
    ...(planId === undefined
      ? []
      : [`plan with the differences as they are now: ${planId}`, `apply it with: ushadow up --apply ${planId}`]),
    ...(planId === undefined && code === 'PLAN_STALE' && applied !== null
      ? [`make the plan anew with: ushadow plan --again ${applied}`]
      : []),
    ...(by === undefined ? [] : [`superseded by ${by}`]),
  ].filter((line) => line !== '');
}

/** `compose.yaml:12`; empty where it is not known. */
export function placeText(source: NonNullable<DeploymentData['verdict']>['source']): string {
  if (source?.file === undefined) return '';
  return [source.file, source.line].filter((part) => part !== undefined).join(':');
}
