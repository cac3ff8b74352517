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
import { REQUEST_OPTIONS, REQUEST_USAGE, requestOf, type RequestValues } from './request-options.ts';

export const usage = `Usage: ushadow deploy SERVICE [OPTIONS]
       ushadow deploy --plan ID [OPTIONS]

Deploys SERVICE (for example shop:web), or exactly what a plan says. With --wait the exit code is the verdict: 0 succeeded,
1 failed, 3 unknown, 4 cancelled or superseded.

      --plan ID              apply this plan; it says all the rest
${JOB_USAGE}${WAIT_USAGE}${PLACE_USAGE}${REQUEST_USAGE}${GATEWAY_USAGE}`;

interface Values extends JobValues, RequestValues {
  readonly plan?: string | undefined;
  readonly cluster?: string | undefined;
  readonly namespace?: string | undefined;
}

export async function run(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const options = {
    ...GATEWAY_OPTIONS,
    ...PLACE_OPTIONS,
    ...REQUEST_OPTIONS,
    ...JOB_OPTIONS,
    plan: { type: 'string' },
  } as const;
  const { values, positionals } = parseCommandLine(args, options, 1);
  const [service] = positionals;
  return withGateway(values.api, surroundings, async (gateway) => {
    const id = await (values.plan === undefined
      ? startService(gateway, required('SERVICE', service), values, surroundings)
      : startPlan(gateway, values.plan, { ...values, service }, surroundings));
    return awaitVerdict(gateway, id, values, surroundings);
  });
}

async function startService(
  gateway: Gateway,
  service: string,
  values: Values,
  surroundings: Surroundings,
): Promise<string> {
  const request = requestOf(values, surroundings);
  const { cluster_id } = await findCluster(gateway, values.cluster, surroundings);
  const { namespace } = values;
  const place = { cluster_id, ...(namespace === undefined ? {} : { namespace }) };
  const started = await gateway.client.startDeployment({ ...place, service_id: service, ...request, ...jobOf(values) });
  // Findings of the compiler beside what is asked for: to be seen, in no one's pipe.
  for (const { severity, code, message } of started.diagnostics)
    if (severity !== 'info') surroundings.printError(`${severity} ${code} ${message}\n`);
  return started.deployment_id;
}

async function startPlan(
  gateway: Gateway,
  planId: string,
  values: Values & { readonly service: string | undefined },
  surroundings: Surroundings,
): Promise<string> {
  const extra = Object.keys(requestOf(values, surroundings)).length > 0 || values.namespace !== undefined;
  if (values.service !== undefined || extra)
    throw new UsageError(
      'A plan says what is deployed where and how; only --supersede, --message and --wait go with it.',
    );
  const plan = await gateway.client.getPlan({ plan_id: planId });
  const job = { cluster_id: plan.cluster_id, plan_id: planId, ...jobOf(values) };
  return (await gateway.client.startDeployment(job)).deployment_id;
}
