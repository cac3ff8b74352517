import type { DeploymentData } from '@ushadow/contracts';
import { UsageError, type ExitCode, type Surroundings } from '../command.ts';
import { awaitVerdict, WAIT_USAGE } from '../gateway/await-deployment.ts';
import {
  GATEWAY_OPTIONS,
  GATEWAY_USAGE,
  parseCommandLine,
  PLACE_OPTIONS,
  PLACE_USAGE,
  required,
} from '../gateway/command-line.ts';
import { findCluster } from '../gateway/find-cluster.ts';
import { withGateway, type Gateway } from '../gateway/with-gateway.ts';
import { JOB_OPTIONS, JOB_USAGE, jobOf, type JobValues } from './job-options.ts';

export const usage = `Usage: ushadow rollback SERVICE [OPTIONS]
       ushadow rollback --deployment ID [OPTIONS]

Brings a revision of SERVICE (for example web) back by a new deployment. Data in volumes is not part of a revision. With
--wait the exit code is the verdict.

      --to REVISION|ID       which one; default: the last good one before the current
      --deployment ID        undo this deployment: back to the last good revision before it
${JOB_USAGE}${WAIT_USAGE}${PLACE_USAGE}${GATEWAY_USAGE}`;

interface Values extends JobValues {
  readonly to?: string | undefined;
  readonly cluster?: string | undefined;
  readonly namespace?: string | undefined;
}

export async function run(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const own = { to: { type: 'string' }, deployment: { type: 'string' } } as const;
  const options = { ...GATEWAY_OPTIONS, ...PLACE_OPTIONS, ...JOB_OPTIONS, ...own };
  const { values, positionals } = parseCommandLine(args, options, 1);
  const [service] = positionals;
  const { deployment: undone } = values;
  if (undone !== undefined && (service !== undefined || values.to !== undefined))
    throw new UsageError('--deployment stands for itself: it says the service and where to go back to.');
  return withGateway(values.api, surroundings, async (gateway) => {
    const begun = await (undone === undefined
      ? restore(gateway, required('SERVICE', service), values, surroundings)
      : gateway.client.rollbackDeployment({ deployment_id: undone, ...jobOf(values) }));
    return awaitVerdict(gateway, begun.deployment_id, values, surroundings);
  });
}

async function restore(
  gateway: Gateway,
  service: string,
  values: Values,
  surroundings: Surroundings,
): Promise<DeploymentData> {
  const { cluster_id } = await findCluster(gateway, values.cluster, surroundings);
  const { namespace } = values;
  const place = { cluster_id, service_name: service, ...(namespace === undefined ? {} : { namespace }) };
  const to = values.to === undefined ? undefined : await idOf(gateway, place, values.to);
  return gateway.client.rollbackService({
    ...place,
    ...(to === undefined ? {} : { to_deployment_id: to }),
    ...jobOf(values),
  });
}

/** People count revisions; the gateway wants the deployment. */
async function idOf(
  { client }: Gateway,
  place: { cluster_id: string; service_name: string; namespace?: string },
  to: string,
): Promise<string> {
  if (!/^\d{1,9}$/.test(to)) return to;
  const { revisions } = await client.getHistory({ ...place, before: Number(to) + 1, limit: 1 });
  const [found] = revisions;
  if (found?.revision !== Number(to)) throw new UsageError(`${place.service_name} has no revision ${to}.`);
  return found.deployment_id;
}
