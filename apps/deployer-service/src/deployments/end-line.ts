import { clusterOf } from '@ushadow/contracts';
import type { Logger } from '@ushadow/observability';
import type { Deployment, Verdict } from './deployment.ts';

type Named = Pick<Deployment, 'id' | 'project' | 'services' | 'namespace' | 'target'>;

/** What each log line about a deployment carries, beside the request that its context names. */
export function logFields({ id, project, services, namespace, target }: Named) {
  return { deploymentId: id, project, services, cluster: clusterOf(target), namespace };
}

/** How the text of each such line begins; a service as everywhere else, `project/service`. */
export function logSubject({ project, services }: Pick<Named, 'project' | 'services'>): string {
  const [service, ...others] = services;
  return `deployment of ${service === undefined || others.length > 0 ? project : `${project}/${service}`}`;
}

const levels = {
  succeeded: 'info',
  cancelled: 'info',
  superseded: 'info',
  unknown: 'warn',
  failed: 'error',
} as const satisfies Record<Verdict['status'], keyof Logger>;

/** The line by which operators find how a deployment ended, and that of a failed one among errors. */
export function logEnd(logger: Logger, deployment: Named & Pick<Deployment, 'requestId'>, verdict: Verdict): void {
  const { requestId } = deployment;
  const why = verdict.code === null ? '' : `: ${verdict.code}`;
  logger[levels[verdict.status]](
    { ...logFields(deployment), requestId, verdict },
    `${logSubject(deployment)} ${verdict.settled === undefined ? '' : 'settled as '}${verdict.status}${why}`,
  );
}
