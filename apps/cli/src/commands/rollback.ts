import { wholePlan, type PlanData } from '@ushadow/contracts';
import { UsageError, type ExitCode, type CommandContext, type OptionTable } from '../command.ts';
import { awaitVerdict } from '../gateway/await-deployment.ts';
import { parseCommandLine } from '../gateway/command-line.ts';
import { findStack } from '../gateway/find-stack.ts';
import { withGateway, type Gateway } from '../gateway/with-gateway.ts';
import { confirm } from '../terminal/confirm.ts';
import { describePlan } from '../terminal/print-plan.ts';
import { textStyler } from '../terminal/terminal-text.ts';
import { JOB_OPTIONS, JOB_USAGE } from './job-options.ts';

export const usage = `Usage: ushadow rollback [REVISION|TAG] [OPTIONS]
       ushadow rollback --deployment ID [OPTIONS]

Brings a revision of a stack back by a new deployment; without one named, the last good one before the current. Shows first
what that would change and what of the revision is gone, and does exactly that after a yes. Data in volumes is not part of a
revision, and one-shots do not run again. The exit code is the verdict.

      --service SERVICE      only this service, with the rest as it is; repeat
      --deployment ID        undo this deployment: back to the last good revision before it
      --plan                 show what would change, and change nothing; exit code 1 when that cannot be applied
  -y, --yes                  yes to what is shown
${JOB_USAGE}`;

export const options = {
  ...JOB_OPTIONS,
  service: { type: 'string', multiple: true },
  deployment: { type: 'string' },
  plan: { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
} as const satisfies OptionTable;

/** As it was written once: it says the new form. */
const FORMER = { to: { type: 'string' } } as const satisfies OptionTable;

type Target =
  { readonly to_revision: number } | { readonly to_tag: string } | { readonly before_deployment_id: string };

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, { ...options, ...FORMER });
  const [ref, ...more] = positionals;
  const { deployment: undone, service: named = [] } = values;
  if (values.to !== undefined || more.length > 0) throw new UsageError(newForm(values.to ?? ref ?? '', named, more));
  if (undone !== undefined && (ref !== undefined || named.length > 0))
    throw new UsageError('--deployment stands for itself: it says the stack and where to go back to.');
  const target = undone === undefined ? targetOf(ref) : { before_deployment_id: undone };
  return withGateway(values.api, context, async (gateway) => {
    const { client } = gateway;
    const place = async () => {
      if (undone !== undefined) return { stack_id: (await client.getDeployment({ deployment_id: undone })).stack_id };
      const { stack, services } = await findStack(gateway, named, values, context);
      return { stack_id: stack.stack_id, ...(services.length === 0 ? {} : { services: [...services] }) };
    };
    const { stack_id, ...some } = await place();
    const plan = await wholePlan(await client.planRollback({ stack_id, ...some, ...target }), client.getPlan);
    if (values.plan === true || !plan.applicable) return show(plan, values.json, context);
    return apply(gateway, { plan, stack_id }, values, context);
  });
}

function targetOf(ref: string | undefined): Target | Record<string, never> {
  if (ref === undefined) return {};
  if (!/^[0-9]+$/.test(ref)) return { to_tag: ref };
  if (!/^[1-9][0-9]{0,8}$/.test(ref)) throw new UsageError(`There is no revision ${ref}; revisions count from 1.`);
  return { to_revision: Number(ref) };
}

function newForm(ref: string, services: readonly string[], others: readonly string[]): string {
  const named = [...services, ...others].map((service) => `--service ${service}`);
  return `That is written ${['ushadow rollback', ref, ...named].filter(Boolean).join(' ')} now: the revision first.`;
}

function show(plan: PlanData, json: boolean | undefined, context: CommandContext): ExitCode {
  const styled = textStyler(context.isTerminal, context.environment);
  context.print(json === true ? `${JSON.stringify(plan)}\n` : describePlan(plan, styled));
  return plan.applicable ? 0 : 1;
}

interface Wanted {
  readonly plan: PlanData;
  readonly stack_id: string;
}

interface How {
  readonly yes?: boolean | undefined;
  readonly detach?: boolean | undefined;
  readonly json?: boolean | undefined;
  readonly message?: string | undefined;
}

async function apply(
  gateway: Gateway,
  { plan, stack_id }: Wanted,
  { yes, detach, json, message }: How,
  context: CommandContext,
): Promise<ExitCode> {
  const styled = textStyler(context.isTerminal, context.environment);
  const stays = 'Data in volumes stays as it is now, and one-shots do not run again.';
  const what = [...describePlan(plan, styled).trimEnd().split('\n'), stays];
  await confirm({ what, question: 'Roll back?', yes }, context);
  const job = { supersede: true, ...(message === undefined ? {} : { message }) };
  const begun = await gateway.client.rollbackStack({ stack_id, plan_id: plan.plan_id, ...job });
  const users = new Map(plan.objects.map(({ object, services }) => [object, services]));
  return awaitVerdict(gateway, begun, { wait: detach !== true, json, users }, context);
}
