import type { PlannedService, SpokenText } from '../model/plan.ts';
import { namesOf } from '../names/other-names.ts';
import { nameTokens } from '../sensitive/name-tokens.ts';
import { addressesIn } from '../text/addresses.ts';
import { isDnsLabel } from '@ushadow/kubernetes';
import type { PlanRule } from './rule.ts';

/** Where a service is called by a name that the cluster cannot have; what it is called there. */
export const callsByOldName: PlanRule = (plan, { report }) => {
  const changed = new Map<string, PlannedService>();
  for (const planned of plan.services.filter(({ named }) => named)) {
    const own = planned.service.name;
    if (planned.endpoint !== own.toLowerCase() && planned.dotted?.name !== own.toLowerCase()) changed.set(own, planned);
    for (const { name } of namesOf(planned.service, plan))
      if (!isDnsLabel(name.toLowerCase(), plan.nameRule) && planned.dotted?.name !== name.toLowerCase())
        changed.set(name, planned);
  }
  if (changed.size === 0) return;
  for (const { service, texts } of plan.services) {
    for (const [where, spoken] of Map.groupBy(texts, (text) => text.where)) {
      const hosts = new Set(hostsIn(spoken));
      for (const [name, target] of changed) {
        const isOwnCheck = target.service.name === service.name && where === 'healthcheck';
        if (!hosts.has(name) || isOwnCheck) continue;
        report('CMP0451', spoken[0]?.path ?? service.path, {
          service: service.name,
          where,
          name,
          endpoint: target.endpoint,
        });
      }
    }
  }
};

/** What is surely a host: that of an address, the value of an option for a host, or of a variable that is called so. */
function hostsIn(spoken: readonly SpokenText[]): readonly string[] {
  const words = spoken.map(({ text }) => text);
  const options = spoken.some(({ inFile }) => inFile) ? [] : [...words.join(' ').matchAll(HOST_OPTION)];
  const [, variable = ''] = /^variable (.+)$/.exec(spoken[0]?.where ?? '') ?? [];
  return [
    ...words.flatMap((text) => addressesIn(text).map(({ host }) => host)),
    ...options.map(([, host = '']) => host),
    ...(HOST_NAMES.has(nameTokens(variable).at(-1) ?? '') ? words : []),
  ];
}

const HOST_OPTION = /(?:^|\s)(?:-h|--(?:[\w-]*-)?host(?:name)?)[=\s]\s*([\w.-]+)/g;
const HOST_NAMES = new Set('HOST HOSTNAME SERVER ADDR ADDRESS ENDPOINT BROKER'.split(' '));
