import { isDnsLabel } from '@ushadow/kubernetes';
import type { Alias, Plan } from '../model/plan.ts';
import { namesOf } from '../names/other-names.ts';
import type { Pass } from './pass.ts';

/** Every other name under which Compose lets siblings call a service keeps resolving. */
export const nameAliases: Pass = {
  name: 'name-aliases',
  run(plan, { report }) {
    const endpoints = new Map(plan.services.map((planned) => [planned.endpoint, planned.service.name]));
    const spoken = wordsInUse(plan);
    const found = new Map<string, { readonly services: string[]; readonly path: string }>();
    for (const planned of plan.services) {
      if (!planned.named || planned.service.membership.mode === 'none') continue;
      for (const { name: written, path } of namesOf(planned.service, plan)) {
        const name = written.toLowerCase();
        const params = { service: planned.service.name, alias: written };
        const owner = endpoints.get(name);
        if (owner === planned.service.name) continue;
        if (owner !== undefined) report('CMP0105', path, { ...params, owner });
        if (!isDnsLabel(name, 'rfc1035')) report(spoken.has(written) ? 'CMP0103' : 'CMP0108', path, params);
        else {
          const known = found.get(name) ?? { services: owner === undefined ? [] : [owner], path };
          if (!known.services.includes(planned.service.name)) known.services.push(planned.service.name);
          found.set(name, known);
        }
      }
    }
    const aliases: readonly Alias[] = [...found]
      .map(([name, alias]) => ({ name, ...alias }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    return { ...plan, aliases };
  },
};

/** Every word of the environment and the commands: a name that is none of them is called by nobody. */
function wordsInUse(plan: Plan): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { service } of plan.services) {
    const texts = [
      ...service.environment.map(({ value }) => value),
      ...(service.process.command ?? []),
      ...(service.process.entrypoint ?? []),
    ];
    for (const [word] of texts.flatMap((text) => [...text.matchAll(/[A-Za-z0-9][\w.-]*/g)])) words.add(word);
  }
  return words;
}
