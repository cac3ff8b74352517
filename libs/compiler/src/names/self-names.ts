import { isDnsLabel } from '@ushadow/kubernetes';
import type { Plan, PlannedService } from '../model/design.ts';
import { namesOf } from './other-names.ts';

/** The name leads to the pods themselves: asked for, no port declared, or pods with identities of their own. */
export function isHeadless({ settings, headless, kind }: PlannedService): boolean {
  return settings.exposure === 'headless' || headless || kind === 'stateful';
}

/**
 * The host name of a pod, which it resolves to its own address: the one that the file gives; else that of the service,
 * where one replica is replaced while it runs and its name leads to it only once it is ready.
 */
export function podHostname(planned: PlannedService): string | undefined {
  const { process, membership } = planned.service;
  if (planned.dotted !== undefined) return planned.dotted.hostname;
  const given = process.hostname?.toLowerCase();
  if (given !== undefined && isDnsLabel(given)) return given;
  const single = planned.kind === 'replicated' && planned.replicas === 1;
  return single && membership.mode !== 'machine' && !isHeadless(planned) ? planned.endpoint : undefined;
}

/** Names, in lower case, that lead a pod to itself before it is ready. */
export function selfNames(planned: PlannedService, plan: Plan): ReadonlySet<string> {
  const hostname = planned.service.membership.mode === 'machine' ? undefined : podHostname(planned);
  const aliases = namesOf(planned.service, plan).map(({ name }) => name.toLowerCase());
  const published = isHeadless(planned)
    ? [planned.endpoint, ...aliases.filter((name) => isDnsLabel(name, plan.nameRule))]
    : [];
  const dotted = planned.dotted === undefined ? [] : [planned.dotted.name];
  return new Set([...dotted, ...(hostname === undefined ? [] : [hostname]), ...published]);
}
