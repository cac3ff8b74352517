import type { DeploymentData } from '@ushadow/contracts';

/** One line: what, where, how it stands. */
export function describeDeployment(deployment: DeploymentData): string {
  const { deployment_id: id, kind, service_name: name, namespace, revision, status } = deployment;
  return `${id} ${kind} ${name} in ${namespace}, revision ${String(revision)}: ${status}`;
}

/** Why it ended as it did, line by line; nothing for what went well. */
export function verdictLines({ verdict }: Pick<DeploymentData, 'verdict'>): string[] {
  if (verdict === null || verdict.status === 'succeeded') return [];
  const { code, reason, object, remedy, rollback, plan_id: planId, superseded_by: by } = verdict;
  return [
    [code, reason].filter((part) => part !== null).join(' '),
    ...(object === null ? [] : [`object ${object}`]),
    ...(remedy === null ? [] : [`remedy: ${remedy}`]),
    ...(rollback === undefined ? [] : [`rolled back: ${[rollback.status, rollback.reason ?? ''].join(' ').trim()}`]),
    ...(planId === undefined ? [] : [`plan with the differences as they are now: ${planId}`]),
    ...(by === undefined ? [] : [`superseded by ${by}`]),
  ].filter((line) => line !== '');
}
