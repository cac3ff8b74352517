import type { ExitCode, Surroundings } from '../command.ts';
import {
  GATEWAY_OPTIONS,
  GATEWAY_USAGE,
  parseCommandLine,
  PLACE_OPTIONS,
  PLACE_USAGE,
  required,
} from '../gateway/command-line.ts';
import { findCluster } from '../gateway/find-cluster.ts';
import { withGateway } from '../gateway/with-gateway.ts';
import { painter } from '../terminal/paint.ts';
import { describePlan } from '../terminal/print-plan.ts';
import { REQUEST_OPTIONS, REQUEST_USAGE, requestOf } from './request-options.ts';

export const usage = `Usage: ushadow plan SERVICE [OPTIONS]

Asks the cluster what a deployment of SERVICE (for example shop:web) would change, and keeps the answer as a plan. Nothing
is written. Exit code 1 when the plan cannot be applied.

${PLACE_USAGE}${REQUEST_USAGE}${GATEWAY_USAGE}`;

export async function run(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const options = { ...GATEWAY_OPTIONS, ...PLACE_OPTIONS, ...REQUEST_OPTIONS };
  const { values, positionals } = parseCommandLine(args, options, 1);
  const service = required('SERVICE', positionals[0]);
  const request = requestOf(values, surroundings);
  return withGateway(values.api, surroundings, async (gateway) => {
    const { cluster_id } = await findCluster(gateway, values.cluster, surroundings);
    const { namespace } = values;
    const place = { cluster_id, ...(namespace === undefined ? {} : { namespace }) };
    const plan = await gateway.client.planDeployment({ ...place, service_id: service, ...request });
    const paint = painter(surroundings.isTerminal, surroundings.environment);
    surroundings.print(values.json === true ? `${JSON.stringify(plan)}\n` : describePlan(plan, paint));
    return plan.applicable ? 0 : 1;
  });
}
