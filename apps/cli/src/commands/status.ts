import type { ExitCode, CommandContext, OptionTable } from '../command.ts';
import { WAIT_USAGE } from '../gateway/await-deployment.ts';
import { GATEWAY_OPTIONS, GATEWAY_USAGE, parseCommandLine, wholeNumber } from '../gateway/command-line.ts';
import { exitCodeOf } from '../gateway/exit-code.ts';
import { findCluster } from '../gateway/find-cluster.ts';
import { awaitVerdict } from '../gateway/await-deployment.ts';
import { withGateway, type Gateway } from '../gateway/with-gateway.ts';
import { describeDeployment, subject, verdictLines } from '../terminal/describe-deployment.ts';
import { table } from '../terminal/table.ts';
import { visibleText } from '../terminal/terminal-text.ts';

export const usage = `Usage: ushadow status [DEPLOYMENT] [OPTIONS]

Shows one deployment, with the exit code of its verdict (0 while it runs), or the newest ones.

  -c, --cluster NAME|ID      only deployments to this cluster
      --limit N              how many; default: 20
${WAIT_USAGE}${GATEWAY_USAGE}`;

export const options = {
  ...GATEWAY_OPTIONS,
  cluster: { type: 'string', short: 'c' },
  limit: { type: 'string' },
  wait: { type: 'boolean', short: 'w' },
} as const satisfies OptionTable;

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options, 1);
  const [id] = positionals;
  const limit = wholeNumber('limit', values.limit) ?? 20;
  return withGateway(values.api, context, async (gateway) => {
    if (id === undefined) return list(gateway, { ...values, limit }, context);
    const deployment = await gateway.client.getDeployment({ deployment_id: id });
    if (values.wait === true) return awaitVerdict(gateway, deployment, { wait: true, json: values.json }, context);
    const services = Object.entries(deployment.verdict?.services ?? {});
    const lines = [
      describeDeployment(deployment),
      ...verdictLines(deployment).map((line) => `  ${line}`),
      ...services.map(([service, { status, code }]) => `  ${[service, status, code ?? ''].join(' ').trim()}`),
    ];
    const text = lines.map((line) => `${visibleText(line)}\n`).join('');
    context.print(values.json === true ? `${JSON.stringify(deployment)}\n` : text);
    return exitCodeOf(deployment);
  });
}

async function list(
  gateway: Gateway,
  { cluster, limit, json }: { cluster?: string | undefined; limit: number; json?: boolean | undefined },
  context: CommandContext,
): Promise<ExitCode> {
  const chosen = cluster === undefined ? undefined : await findCluster(gateway, cluster, context);
  const filter = chosen === undefined ? {} : { cluster_id: chosen.cluster_id };
  const { deployments } = await gateway.client.listDeployments({ limit, ...filter });
  const rows = deployments.map((each) => [
    each.deployment_id,
    each.created_at.slice(0, 19),
    each.kind,
    subject(each),
    each.namespace,
    String(each.revision),
    each.status,
    each.verdict?.code ?? '',
  ]);
  const head = ['DEPLOYMENT', 'WHEN', 'KIND', 'WHAT', 'NAMESPACE', 'REVISION', 'STATUS', 'CODE'];
  context.print(json === true ? `${JSON.stringify(deployments)}\n` : table(head, rows));
  return 0;
}
