import { wholePlan, type StackChangeData } from '@ushadow/contracts';
import type { CommandContext, ExitCode } from '../command.ts';
import { confirm } from '../terminal/confirm.ts';
import { describePlan } from '../terminal/print-plan.ts';
import { textStyler } from '../terminal/terminal-text.ts';
import { awaitVerdict } from './await-deployment.ts';
import type { Gateway } from './with-gateway.ts';

export const PLANNED_OPTIONS = {
  plan: { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
} as const;

export const PLANNED_USAGE = `      --plan                 show what would change, and change nothing
  -y, --yes                  yes to the plan
`;

export interface ChangeOptions {
  readonly plan?: boolean | undefined;
  readonly yes?: boolean | undefined;
  readonly detach?: boolean | undefined;
  readonly json?: boolean | undefined;
  readonly message?: string | undefined;
}

/** Shows what a change of a stack would do, asks, and does exactly that; the verdict is the exit code. */
export async function changePlanned(
  gateway: Gateway,
  stack_id: string,
  change: StackChangeData,
  options: ChangeOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { client } = gateway;
  const plan = await wholePlan(await client.planChange({ stack_id, change }), client.getPlan);
  const styled = textStyler(context.isTerminal, context.environment);
  if (options.plan === true || !plan.applicable) {
    context.print(options.json === true ? `${JSON.stringify(plan)}\n` : describePlan(plan, styled));
    return plan.applicable ? 0 : 1;
  }
  const what = describePlan(plan, styled).trimEnd().split('\n').slice(0, -1);
  await confirm({ what, question: 'Do exactly this?', yes: options.yes }, context);
  return follow(gateway, { stack_id, plan_id: plan.plan_id }, options, context);
}

/** The same without a plan. */
export function changeNow(
  gateway: Gateway,
  stack_id: string,
  change: StackChangeData,
  options: ChangeOptions,
  context: CommandContext,
): Promise<ExitCode> {
  return follow(gateway, { stack_id, change, supersede: false }, options, context);
}

async function follow(
  gateway: Gateway,
  input: Parameters<Gateway['client']['changeStack']>[0],
  { detach, json, message }: ChangeOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const begun = await gateway.client.changeStack({ ...input, ...(message === undefined ? {} : { message }) });
  return awaitVerdict(gateway, begun, { wait: detach !== true, json }, context);
}
