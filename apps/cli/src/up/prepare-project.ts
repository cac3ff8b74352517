import {
  clusterOf,
  type operations,
  type OutputOf,
  type ProjectVariableData,
  type StackSummaryData,
} from '@ushadow/contracts';
import type { CommandContext } from '../command.ts';
import type { LoadValues } from '../compose/load-options.ts';
import { allStacks } from '../gateway/all-stacks.ts';
import { findCluster } from '../gateway/find-cluster.ts';
import { ambiguous } from '../gateway/find-stack.ts';
import type { Named } from '../gateway/service-names.ts';
import type { Gateway } from '../gateway/with-gateway.ts';
import { typedVariables, type StackRequest, type StackOptionValues } from './stack-options.ts';
import { findingTexts } from '../terminal/finding-texts.ts';
import type { LocalProject } from './local-project.ts';
import { chooseProject } from './choose-project.ts';
import type { LocalPaths } from './local-paths.ts';
import { findInCatalog, valuesFor } from './catalog-project.ts';
import { withGenerated, type MarkedValues } from '../template/with-generated.ts';
import { describeSending, describeValues, sendProject } from './send-project.ts';
import { resolveVariables } from './resolve-variables.ts';

type Values = LoadValues &
  Pick<StackOptionValues, 'env' | 'infra-of' | 'forget'> & {
    readonly cluster?: string | undefined;
    readonly namespace?: string | undefined;
  };

export interface PreparedProject {
  readonly place: { readonly cluster_id: string; readonly project: string };
  readonly exists: boolean;
  readonly request: StackRequest;
}

/** Sends what lies here, and finds out with which values the project is deployed where. */
export async function prepareProject(
  gateway: Gateway,
  named: Named,
  values: Values,
  places: LocalPaths,
): Promise<PreparedProject> {
  const { context } = places;
  const asked = await askVariables(gateway, named, values, places);
  const { place, request, stack } = asked;
  const open = await withRemembered(gateway, asked);
  const given = await places.within(() => resolveVariables(open, context));
  return { place, exists: stack !== undefined, request: { ...request, variables: { ...request.variables, ...given } } };
}

interface AskedProject extends Omit<PreparedProject, 'exists'> {
  readonly stack: StackSummaryData | undefined;
  readonly answer: Answer;
  /** The same question, with the infrastructure of these projects. */
  readonly again: (infraOf: readonly string[]) => Promise<Answer>;
}

type Answer = OutputOf<typeof operations.projectVariables>;

/** Sends what lies here, and asks what its variables would be. */
export async function askVariables(
  gateway: Gateway,
  named: Named,
  values: Values,
  places: LocalPaths,
): Promise<AskedProject> {
  const { context } = places;
  const typed = typedVariables(values, context);
  const { name: project, local } = await chooseProject(named, values, typed, context);
  if (local !== undefined) {
    places.add(local);
    context.printError(describeSending(local));
  }
  const { client } = gateway;
  const { namespace } = values;
  const [{ cluster_id }, stacks] = await Promise.all([
    findCluster(gateway, values.cluster, context),
    allStacks(gateway, { project, ...(namespace === undefined ? {} : { namespace }) }),
    local === undefined ? findInCatalog(gateway, project, named.services) : sendProject(gateway, local),
  ]);
  const here = stacks.filter((each) => clusterOf(each.target) === cluster_id);
  if (here.length > 1) throw await ambiguous(gateway, project, here);
  const [stack] = here;
  const selection = {
    ...(named.services.length === 0 ? {} : { services: [...named.services] }),
    ...profilesOf(local, values),
    ...infraOf(values),
  };
  const space = namespace ?? stack?.namespace;
  const place = { cluster_id, project };
  const ask = ({ variables, ...weaker }: MarkedValues, more: { infra_of?: string[] } = {}) =>
    client.projectVariables({
      ...{ ...place, ...selection, ...more, typed: variables, ...weaker },
      ...(space === undefined ? {} : { namespace: space }),
    });
  const first = local?.values ?? { variables: {}, shell: {}, env_file: {} };
  const answered = await ask(first);
  const more =
    local === undefined
      ? fromHere(answered, typed, values, context)
      : await generated(gateway, local, { stack, answer: answered, forget: values.forget ?? [] }, context);
  const sent = more ?? first;
  const answer = more === undefined ? answered : await ask(more);
  warnUnset(local, answer, context);
  const again: AskedProject['again'] = (projects) => ask(sent, { infra_of: [...projects] });
  return { place, stack, answer, again, request: { ...selection, ...sent, ...specsOf(local?.template) } };
}

/** What this shell and env files have for a project of the catalog; undefined: nothing. */
function fromHere(
  { variables }: Answer,
  typed: Readonly<Record<string, string>>,
  values: Values,
  context: CommandContext,
): MarkedValues | undefined {
  const found = valuesFor(referredTo(variables), typed, values, context);
  if (Object.keys({ ...found.variables, ...found.shell, ...found.env_file }).length === 0) return undefined;
  context.printError(describeValues(found));
  return found;
}

/** Values with those generated for a template; undefined: nothing is. */
async function generated(
  gateway: Gateway,
  { template, values }: LocalProject,
  known: { readonly stack: StackSummaryData | undefined; readonly answer: Answer; readonly forget: readonly string[] },
  context: CommandContext,
): Promise<MarkedValues | undefined> {
  return template === undefined ? undefined : withGenerated(gateway, values, { template, ...known }, context);
}

/** Where the template says that its services are reached. */
function specsOf(template: LocalProject['template']): Pick<StackRequest, 'specs'> {
  if (template === undefined || template.public.size === 0) return {};
  const specs = [...template.public].map(([service, addresses]) => [service, { public_at: [...addresses] }]);
  return { specs: Object.fromEntries(specs) as StackRequest['specs'] };
}

/** Names that a file of the catalog takes from its environment. */
function referredTo(variables: readonly ProjectVariableData[]): string[] {
  return variables.filter(({ uses }) => uses.length > 0).map(({ name }) => name);
}

/**
 * A stack keeps what it was given: values, which are known by name only, and whose infrastructure it uses. Neither has to
 * be given again. It is asked only where something is missing.
 */
async function withRemembered(
  { client }: Gateway,
  { answer, stack, request, again }: AskedProject,
): Promise<AskedProject['answer']> {
  if (answer.unresolved.length === 0 || stack === undefined) return answer;
  const { configuration } = await client.getStack({ stack_id: stack.stack_id });
  const { infra_of: chosen } = configuration;
  const answered = request.infra_of === undefined && chosen.length > 0 ? await again(chosen) : answer;
  const kept = new Set(configuration.variables.map(({ name }) => name));
  return { ...answered, unresolved: answered.unresolved.filter((name) => !kept.has(name)) };
}

function profilesOf(local: LocalProject | undefined, { profile = [] }: Values): { profiles?: string[] } {
  const profiles = local?.profiles ?? profile;
  return profiles.length === 0 ? {} : { profiles: [...profiles] };
}

function infraOf({ 'infra-of': projects }: Values): { infra_of?: string[] } {
  return projects === undefined ? {} : { infra_of: [...projects] };
}

/** A variable without a value here is a finding only where the gateway knows none either, and does not require one. */
function warnUnset(
  local: LocalProject | undefined,
  { variables, unresolved }: AskedProject['answer'],
  context: CommandContext,
): void {
  const known = new Set([...unresolved, ...variables.filter(({ is_set: isSet }) => isSet).map(({ name }) => name)]);
  const unset = (local?.unset ?? []).filter(({ params }) => !known.has(String(params?.['variable'])));
  for (const text of findingTexts(unset, context)) context.printError(text);
}
