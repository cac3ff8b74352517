import { isDnsLabel } from '@ushadow/kubernetes';
import type { Alias, Plan, PlannedService } from '../model/plan.ts';
import { namesOf } from '../names/other-names.ts';
import { dotNames } from './dot-names.ts';
import type { Pass, PassContext } from './pass.ts';

/** Every other name under which Compose lets siblings call a service keeps resolving. */
export const nameAliases: Pass = {
  name: 'name-aliases',
  run(asked, { report }) {
    const spoken = wordsInUse(asked);
    const plan = dotNames(asked, spoken);
    const endpoints = new Map(plan.services.map((planned) => [planned.endpoint, planned.service.name]));
    const found = new Map<
      string,
      { readonly services: string[]; readonly subdomain: boolean; readonly path: string }
    >();
    const lead = (name: string, service: string, subdomain: boolean, path: string): void => {
      const owner = endpoints.get(name);
      const known = found.get(name) ?? { services: owner === undefined ? [] : [owner], subdomain, path };
      if (!known.services.includes(service)) known.services.push(service);
      found.set(name, known);
    };
    for (const planned of plan.services) {
      const { service, dotted, endpoint } = planned;
      if (dotted !== undefined && dotted.subdomain !== endpoint)
        lead(dotted.subdomain, service.name, true, dotted.path);
      sayChanged(planned, report);
      if (!planned.named || service.membership.mode === 'none') continue;
      for (const { name: written, path } of namesOf(service, plan)) {
        const name = written.toLowerCase();
        const params = { service: service.name, alias: written };
        const owner = endpoints.get(name);
        if (owner === service.name || name === dotted?.name) continue;
        if (owner !== undefined) report('CMP0105', path, { ...params, owner });
        if (isDnsLabel(name, plan.nameRule)) lead(name, service.name, false, path);
        else report(spoken.has(written) ? 'CMP0103' : 'CMP0108', path, params);
      }
    }
    const aliases: readonly Alias[] = [...found]
      .map(([name, alias]) => ({ name, ...alias }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    return { ...plan, aliases };
  },
};

/** A service whose own name had to change; resolvers ignore case, so that a change of case alone still leads there. */
function sayChanged({ service, endpoint, dotted }: PlannedService, report: PassContext['report']): void {
  const { name, path } = service;
  if (endpoint === name || dotted?.name === name.toLowerCase()) return;
  report(endpoint === name.toLowerCase() ? 'CMP0101' : 'CMP0102', path, { service: name, name: endpoint });
}

/** Every word of the texts of the services: a name that is none of them is called by nobody. */
function wordsInUse(plan: Plan): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { texts } of plan.services) {
    for (const word of texts.flatMap(({ text }) => text.match(/[A-Za-z0-9][\w.-]*/g) ?? [])) {
      words.add(word);
      // A full stop after a name is none of it.
      if (/[.-]$/.test(word)) words.add(word.replace(/[.-]+$/, ''));
    }
  }
  return words;
}
