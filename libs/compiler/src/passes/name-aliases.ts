import { isDnsLabel } from '@ushadow/kubernetes';
import type { Alias, Design, DesignedService } from '../model/design.ts';
import { namesOf } from '../names/other-names.ts';
import { dotNames } from './dot-names.ts';
import type { Pass, PassContext } from './pass.ts';

/** Every other name under which Compose lets siblings call a service keeps resolving. */
export const nameAliases: Pass<Design> = {
  name: 'name-aliases',
  run(asked, { report }) {
    const usedWords = wordsInUse(asked);
    const design = dotNames(asked, usedWords);
    const endpoints = new Map(design.services.map((designed) => [designed.endpoint, designed.service.name]));
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
    for (const designed of design.services) {
      const { service, dotted, endpoint } = designed;
      if (dotted !== undefined && dotted.subdomain !== endpoint)
        lead(dotted.subdomain, service.name, true, dotted.path);
      reportChanged(designed, report);
      if (!designed.named || service.membership.mode === 'none') continue;
      for (const { name: written, path } of namesOf(service, design)) {
        const name = written.toLowerCase();
        const params = { service: service.name, alias: written };
        const owner = endpoints.get(name);
        if (owner === service.name || name === dotted?.name) continue;
        if (owner !== undefined) report('CMP0105', path, { ...params, owner });
        if (isDnsLabel(name, design.nameRule)) lead(name, service.name, false, path);
        else report(usedWords.has(written) ? 'CMP0103' : 'CMP0108', path, params);
      }
    }
    const aliases: readonly Alias[] = [...found]
      .map(([name, alias]) => ({ name, ...alias }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    return { ...design, aliases };
  },
};

/** A service whose own name had to change; resolvers ignore case, so that a change of case alone still leads there. */
function reportChanged({ service, endpoint, dotted }: DesignedService, report: PassContext['report']): void {
  const { name, path } = service;
  if (endpoint === name || dotted?.name === name.toLowerCase()) return;
  report(endpoint === name.toLowerCase() ? 'CMP0101' : 'CMP0102', path, { service: name, name: endpoint });
}

/** Every word of the texts of the services: a name that is none of them is called by nobody. */
function wordsInUse(design: Design): ReadonlySet<string> {
  const words = new Set<string>();
  const different = new Set(design.services.flatMap(({ texts }) => texts.map(({ text }) => text)));
  for (const text of different) {
    for (const word of text.match(/[A-Za-z0-9][\w.-]*/g) ?? []) {
      words.add(word);
      // A full stop after a name is none of it.
      if (/[.-]$/.test(word)) words.add(word.replace(/[.-]+$/, ''));
    }
  }
  return words;
}
