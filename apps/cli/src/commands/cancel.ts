import type { ExitCode, CommandContext, OptionTable } from '../command.ts';
import { awaitDeployment } from '../gateway/await-deployment.ts';
import { GATEWAY_OPTIONS, GATEWAY_USAGE, parseCommandLine, required } from '../gateway/command-line.ts';
import { exitCodeOf } from '../gateway/exit-code.ts';
import { withGateway } from '../gateway/with-gateway.ts';

export const usage = `Usage: ushadow cancel DEPLOYMENT [OPTIONS]

Ends a deployment that is under way at its next step boundary. With --wait the exit code is 0 when it was cancelled, and
that of its verdict when it ended otherwise; 1 when it had succeeded already.

      --rollback             go back to the last good revision
      --no-rollback          leave what is there; default: as the deployment was asked for
  -w, --wait                 wait until it has ended
${GATEWAY_USAGE}`;

export const options = {
  ...GATEWAY_OPTIONS,
  rollback: { type: 'boolean' },
  wait: { type: 'boolean', short: 'w' },
} as const satisfies OptionTable;

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options, 1);
  const id = required('DEPLOYMENT', positionals[0]);
  return withGateway(values.api, context, async (gateway) => {
    const { rollback } = values;
    const ending = await gateway.client.cancelDeployment({
      deployment_id: id,
      ...(rollback === undefined ? {} : { rollback }),
    });
    const how = { wait: values.wait === true, json: values.json };
    const deployment = await awaitDeployment(gateway, ending, how, context);
    if (values.wait !== true || deployment.status === 'cancelled') return 0;
    return deployment.status === 'succeeded' ? 1 : exitCodeOf(deployment);
  });
}
