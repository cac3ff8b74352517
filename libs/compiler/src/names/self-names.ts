import { isDnsLabel } from '@ushadow/kubernetes';
import type { Design, DesignedService } from '../model/design.ts';
import { namesOf } from './other-names.ts';

/** The name leads to the pods themselves: asked for, no port declared, or pods with identities of their own. */
export function isHeadless({ settings, headless, kind }: DesignedService): boolean {
  return settings.exposure === 'headless' || headless || kind === 'stateful';
}

/**
 * The host name of a pod, which it resolves to its own address: the one that the file gives; else that of the service,
 * where one replica is replaced while it runs and its name leads to it only once it is ready.
 */
export function podHostname(designed: DesignedService): string | undefined {
  const { process, membership } = designed.service;
  if (designed.dotted !== undefined) return designed.dotted.hostname;
  const given = process.hostname?.toLowerCase();
  if (given !== undefined && isDnsLabel(given)) return given;
  const single = designed.kind === 'replicated' && designed.replicas === 1;
  return single && membership.mode !== 'machine' && !isHeadless(designed) ? designed.endpoint : undefined;
}

/** Names, in lower case, that lead a pod to itself before it is ready. */
export function selfNames(designed: DesignedService, design: Design): ReadonlySet<string> {
  const hostname = designed.service.membership.mode === 'machine' ? undefined : podHostname(designed);
  const aliases = namesOf(designed.service, design).map(({ name }) => name.toLowerCase());
  const published = isHeadless(designed)
    ? [designed.endpoint, ...aliases.filter((name) => isDnsLabel(name, design.nameRule))]
    : [];
  const dotted = designed.dotted === undefined ? [] : [designed.dotted.name];
  return new Set([...dotted, ...(hostname === undefined ? [] : [hostname]), ...published]);
}
