import type { Design, DesignedService, ServiceText } from '../model/design.ts';
import { namesOf } from '../names/other-names.ts';
import { nameTokens } from '../sensitive/name-signs.ts';
import { once } from '../text/once.ts';
import { addressesIn, isDnsLabel, groupBy } from '@ushadow/kubernetes';
import type { DesignRule } from './rule.ts';

/** Where a service is called by a name that the cluster cannot have; what it is called there. */
export const callsByOldName: DesignRule = (design, { report }) => {
  const changed = new Map(
    design.services.flatMap((designed) => lostNames(designed, design).map((name) => [name, designed] as const)),
  );
  if (changed.size === 0) return;
  const addresses = once(addressesIn);
  for (const { service, texts } of design.services) {
    for (const [where, called] of groupBy(texts, (text) => text.where)) {
      for (const name of new Set(hostsIn(called, addresses))) {
        const target = changed.get(name);
        // A check of its own name asks localhost.
        if (target === undefined || (target.service.name === service.name && where === 'healthcheck')) continue;
        const path = called[0]?.path ?? service.path;
        report('CMP0451', path, { service: service.name, where, name, endpoint: target.endpoint });
      }
    }
  }
};

/** Names under which Compose leads to the service, and the cluster does not; resolvers ignore case. */
function lostNames({ service, named, endpoint, dotted }: DesignedService, design: Design): readonly string[] {
  if (!named) return [];
  const kept = (name: string): boolean => dotted?.name === name.toLowerCase();
  const others = namesOf(service, design).map(({ name }) => name);
  return [
    ...(endpoint === service.name.toLowerCase() ? [] : [service.name]),
    ...others.filter((name) => !isDnsLabel(name.toLowerCase(), design.nameRule)),
  ].filter((name) => !kept(name));
}

/** What is surely a host: that of an address, the value of an option for a host, or of a variable that is called so. */
function hostsIn(called: readonly ServiceText[], addresses: typeof addressesIn): readonly string[] {
  const words = called.map(({ text }) => text);
  const options = called.some(({ inFile }) => inFile) ? [] : [...words.join(' ').matchAll(HOST_OPTION)];
  const [, variable = ''] = /^variable (.+)$/.exec(called[0]?.where ?? '') ?? [];
  return [
    ...words.flatMap((text) => addresses(text).map(({ host }) => host)),
    ...options.map(([, host = '']) => host),
    ...(HOST_NAMES.has(nameTokens(variable).at(-1) ?? '') ? words : []),
  ];
}

const HOST_OPTION = /(?:^|\s)(?:-h|--(?:[\w-]*-)?host(?:name)?)[=\s]\s*([\w.-]+)/g;
const HOST_NAMES = new Set('HOST HOSTNAME SERVER ADDR ADDRESS ENDPOINT BROKER'.split(' '));
