import {
  DomainError,
  type operations,
  type DeploymentData,
  type DiagnosticData,
  type PlanData,
  wholePlan,
  clusterOf,
} from '@ushadow/contracts';
import type { ExitCode, CommandContext } from '../command.ts';
import type { StackRequest } from './stack-options.ts';
import { awaitVerdict } from '../gateway/await-deployment.ts';
import { hintOf } from '../gateway/hints.ts';
import type { Gateway } from '../gateway/with-gateway.ts';
import { confirm } from '../terminal/confirm.ts';
import { textStyler } from '../terminal/terminal-text.ts';
import { describePlan, findingLines } from '../terminal/print-plan.ts';
import type { ObjectUsers } from '../terminal/service-states.ts';
import { alsoAt } from '../terminal/print-diagnostics.ts';
import { visibleText } from '../terminal/terminal-text.ts';
import { deletionsOf } from './deletions.ts';

export interface Order {
  readonly place: { readonly cluster_id: string; readonly project: string };
  readonly request: StackRequest;
  /** Something could get lost: of a stack that is there already, or of what is adopted. */
  readonly mayLose: boolean;
  readonly options: OrderOptions;
}

export interface OrderOptions {
  readonly plan?: boolean | undefined;
  readonly detach?: boolean | undefined;
  readonly json?: boolean | undefined;
  readonly yes?: boolean | undefined;
  readonly message?: string | undefined;
}

/** Shows the plan; exit code 0 where it can be applied. */
export async function showPlan(gateway: Gateway, order: Order, context: CommandContext): Promise<ExitCode> {
  const { plan } = await planned(gateway, order, context);
  const styled = textStyler(context.isTerminal, context.environment);
  context.print(order.options.json === true ? `${JSON.stringify(plan)}\n` : describePlan(plan, styled));
  return plan.applicable ? 0 : 1;
}

/** Deploys at once where nothing can get lost; else exactly what a plan says, after a yes where something goes. */
export async function deployProject(gateway: Gateway, order: Order, context: CommandContext): Promise<ExitCode> {
  if (order.mayLose) return deployPlanned(gateway, await planned(gateway, order, context), order, context);
  const { place, request, options } = order;
  try {
    const begun = await gateway.client.deployStack({ ...place, ...request, ...jobOf(options) });
    printDiagnostics(begun.diagnostics, context);
    return await finish(gateway, begun, options, new Map(), context);
  } catch (error) {
    if (!isNamespaceInUse(error)) throw error;
    await consentToNamespace(error, options, context);
    const again = { ...order, request: { ...request, into_existing: true } };
    return deployPlanned(gateway, await planned(gateway, again, context), order, context);
  }
}

/** Applies a stored plan; what it is for is in it. */
export async function applyPlan(
  gateway: Gateway,
  planId: string,
  options: OrderOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { client } = gateway;
  const plan = await wholePlan(await client.getPlan({ plan_id: planId }), client.getPlan);
  return begin(gateway, plan, options, context);
}

interface Planned {
  readonly plan: PlanData;
}

/** A plan; with a yes into a namespace that holds others' objects. */
async function planned(
  { client }: Gateway,
  { place, request, options }: Order,
  context: CommandContext,
): Promise<Planned> {
  try {
    return { plan: await wholePlan(await client.planStack({ ...place, ...request }), client.getPlan) };
  } catch (error) {
    if (!isNamespaceInUse(error)) throw error;
    await consentToNamespace(error, options, context);
    const plan = await client.planStack({ ...place, ...request, into_existing: true });
    return { plan: await wholePlan(plan, client.getPlan) };
  }
}

async function deployPlanned(
  gateway: Gateway,
  { plan }: Planned,
  { options }: Order,
  context: CommandContext,
): Promise<ExitCode> {
  const styled = textStyler(context.isTerminal, context.environment);
  printDiagnostics(plan.diagnostics, context);
  if (!plan.applicable) {
    context.print(options.json === true ? `${JSON.stringify(plan)}\n` : describePlan(plan, styled));
    return 1;
  }
  for (const line of findingLines(plan.warnings, 'warning', 'yellow', styled)) context.printError(`${line}\n`);
  const deletions = deletionsOf(plan);
  if (deletions.length > 0)
    await confirm({ what: ['This goes:', ...deletions], question: 'Go on?', yes: options.yes }, context);
  return begin(gateway, plan, options, context);
}

async function begin(
  gateway: Gateway,
  plan: PlanData,
  options: OrderOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { target, project, plan_id } = plan;
  const begun = await gateway.client.deployStack({
    cluster_id: clusterOf(target),
    project,
    plan_id,
    ...jobOf(options),
  });
  const users = new Map(plan.objects.map(({ object, services }) => [object, services]));
  return finish(gateway, begun, options, users, context);
}

function finish(
  gateway: Gateway,
  begun: DeploymentData,
  { detach, json }: OrderOptions,
  users: ObjectUsers,
  context: CommandContext,
): Promise<ExitCode> {
  return awaitVerdict(gateway, begun, { wait: detach !== true, json, users }, context);
}

function jobOf({ message }: OrderOptions): { readonly supersede: true; readonly message?: string } {
  return { supersede: true, ...(message === undefined ? {} : { message }) };
}

const IN_USE = 'NAMESPACE_NOT_EMPTY' satisfies keyof typeof operations.planStack.errors;

function isNamespaceInUse(error: unknown): error is DomainError {
  return error instanceof DomainError && error.code === IN_USE;
}

function consentToNamespace(
  { message, code }: DomainError,
  { yes, plan }: OrderOptions,
  context: CommandContext,
): Promise<void> {
  const what = [`${code} ${visibleText(message)}`, ...(yes === true ? [] : [hintOf(code) ?? ''])];
  const question = plan === true ? 'Plan into it?' : 'Deploy into it?';
  return confirm({ what, question, yes }, context);
}

/** Findings of the compiler: on standard error, so that a pipe has none of them. Those of the loader were printed before. */
function printDiagnostics(diagnostics: readonly DiagnosticData[], { printError }: CommandContext): void {
  for (const { severity, code, message, remedy, places = [], ...at } of diagnostics) {
    if (severity === 'info' || code.startsWith('CPS')) continue;
    printError(`${visibleText([severity, code, ...lineOf(at), message].join(' '))}\n`);
    const also = alsoAt(
      message,
      places.map((each) => ({ place: lineOf(each)[0] ?? '', message: each.message })),
    );
    for (const text of [...(remedy === undefined ? [] : [remedy]), ...also]) printError(`  ${visibleText(text)}\n`);
  }
}

function lineOf({ file, line }: Pick<DiagnosticData, 'file' | 'line'>): readonly string[] {
  return file === undefined ? [] : [line === undefined ? file : `${file}:${String(line)}`];
}
