import type { ExitCode, CommandContext, Names, OptionTable } from '../command.ts';
import { wholePlan } from '@ushadow/contracts';
import { LOAD_OPTIONS, LOAD_USAGE } from '../compose/load-options.ts';
import {
  GATEWAY_OPTIONS,
  GATEWAY_USAGE,
  parseCommandLine,
  PLACE_OPTIONS,
  PLACE_USAGE,
  required,
} from '../gateway/command-line.ts';
import { withGateway } from '../gateway/with-gateway.ts';
import { describePlan } from '../terminal/print-plan.ts';
import { textStyler } from '../terminal/terminal-text.ts';
import { run as up } from './up.ts';
import { STACK_OPTIONS, STACK_USAGE } from '../up/stack-options.ts';

export const usage = `Usage: ushadow plan [SERVICE...] [OPTIONS]
       ushadow plan --again PLAN

Asks the cluster what ushadow up would change, and keeps the answer as a plan. The project's files go to the gateway;
nothing is written to the cluster. Exit code 1 when the plan cannot be applied.

      --again PLAN           make this plan anew: what it was made of, against the stack and the cluster as they are now
  -y, --yes                  yes to a namespace that holds other things
${LOAD_USAGE}${PLACE_USAGE}${STACK_USAGE}${GATEWAY_USAGE}`;

/** All that goes with one of the two forms. */
export const options = {
  ...LOAD_OPTIONS,
  ...PLACE_OPTIONS,
  ...STACK_OPTIONS,
  ...GATEWAY_OPTIONS,
  again: { type: 'string' },
  yes: { type: 'boolean', short: 'y' },
} as const satisfies OptionTable;
export const names: readonly Names[] = ['service'];

export function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  return args.some((arg) => arg === '--again' || arg.startsWith('--again='))
    ? again(args, context)
    : up(['--plan', ...args], context);
}

function again(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values } = parseCommandLine(args, { ...GATEWAY_OPTIONS, again: { type: 'string' } }, 0);
  const id = required('PLAN', values.again);
  return withGateway(values.api, context, async ({ client }) => {
    const plan = await wholePlan(await client.planAgain({ plan_id: id }), client.getPlan);
    const styled = textStyler(context.isTerminal, context.environment);
    context.print(values.json === true ? `${JSON.stringify(plan)}\n` : describePlan(plan, styled));
    return plan.applicable ? 0 : 1;
  });
}
