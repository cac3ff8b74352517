import { randomInt } from 'node:crypto';
import type { Surroundings } from '../command.ts';
import type { LoadValues } from '../compose/load-options.ts';
import { findCluster } from '../gateway/find-cluster.ts';
import { ambiguous } from '../gateway/find-stack.ts';
import type { Named } from '../gateway/service-names.ts';
import type { Gateway } from '../gateway/with-gateway.ts';
import { typedVariables, type Wish, type WishValues } from '../commands/wish-options.ts';
import { findingTexts } from '../terminal/finding-texts.ts';
import type { LocalProject } from './local-project.ts';
import { chooseProject } from './choose-project.ts';
import { describeSending, sendProject } from './send-project.ts';
import { settleVariables } from './settle-variables.ts';

type Values = LoadValues &
  Pick<WishValues, 'env'> & { readonly cluster?: string | undefined; readonly namespace?: string | undefined };

export interface PreparedProject {
  readonly place: { readonly cluster_id: string; readonly project: string };
  readonly exists: boolean;
  readonly wish: Wish;
}

/** Sends what lies here, and settles with which values the project is deployed where. */
export async function prepareProject(
  gateway: Gateway,
  named: Named,
  values: Values,
  surroundings: Surroundings,
): Promise<PreparedProject> {
  const typed = typedVariables(values, surroundings);
  const chosen = chooseProject(named, values, typed, surroundings);
  const { name: project, local } = chosen;
  if (local !== undefined) surroundings.printError(describeSending(local));
  const [{ cluster_id }] = await Promise.all([
    findCluster(gateway, values.cluster, surroundings),
    local === undefined ? gateway.client.getProject({ project }) : sendProject(gateway, local),
  ]);
  const selection = {
    ...(named.services.length === 0 ? {} : { services: [...named.services] }),
    ...profilesOf(local, values),
  };
  const sent = local?.values ?? { variables: typed, shell: {}, env_file: {} };
  const space = values.namespace === undefined ? {} : { namespace: values.namespace };
  const [answer, { stacks }] = await Promise.all([
    gateway.client.projectVariables({ project, cluster_id, ...space, ...selection, ...sent }),
    gateway.client.listStacks({ project, cluster_id, ...space }),
  ]);
  if (stacks.length > 1) throw await ambiguous(gateway, project, stacks);
  warnUnset(local, answer.variables, surroundings);
  const given = await settleVariables(answer, surroundings, makeSecret);
  return {
    place: { cluster_id, project },
    exists: stacks.length > 0,
    wish: { ...selection, ...sent, variables: { ...sent.variables, ...given } },
  };
}

function profilesOf(local: LocalProject | undefined, { profile = [] }: Values): { profiles?: string[] } {
  const profiles = local?.profiles ?? profile;
  return profiles.length === 0 ? {} : { profiles: [...profiles] };
}

/** A variable without a value here is a finding only where the gateway knows none either. */
function warnUnset(
  local: LocalProject | undefined,
  variables: readonly { readonly name: string; readonly is_set: boolean }[],
  surroundings: Surroundings,
): void {
  const known = new Set(variables.filter(({ is_set: isSet }) => isSet).map(({ name }) => name));
  const unset = (local?.unset ?? []).filter(({ params }) => !known.has(String(params?.['variable'])));
  for (const text of findingTexts(unset, surroundings)) surroundings.printError(text);
}
