import { everyService } from '@ushadow/compiler';
import { MemoryFilePort } from '@ushadow/compose';
import { chooseValues, filledBy, resolveProject, type ProjectInput } from '@ushadow/environment';
import { loadSource } from '../catalog/load-source.ts';
import type { ProjectSource } from '../catalog/project-source.ts';
import { declaredValues, type DeclaredEntry } from '../environment/declared-values.ts';
import type { GatheredProject } from '../projects/gather-project.ts';
import { ownNames } from '../projects/own-names.ts';

/** A project in memory, with the values that are typed for it; nothing is saved, set or scanned. */
export function gatherText(
  text: string,
  {
    files = {},
    typed = {},
  }: { files?: Readonly<Record<string, string>>; typed?: Readonly<Record<string, string>> } = {},
): { readonly source: ProjectSource; readonly gathered: GatheredProject } {
  const source: ProjectSource = {
    stem: 'a',
    file: 'a.yaml',
    files: ['/c/a.yaml'],
    directory: '/c',
    port: new MemoryFilePort({ '/c/a.yaml': text, ...files }),
    root: '/c',
    base: '/c',
    origin: 'directory',
  };
  const plain = loadSource(source, {});
  const { project } = plain.result;
  if (project === undefined) throw new Error(JSON.stringify(plain.diagnostics));
  const inputOf = (loaded: typeof plain): ProjectInput => ({
    services: everyService(project).map((name) => ({
      id: `a:${name}`,
      name,
      declared: declaredValues(name, loaded, {}),
      typed: {},
      saved: {},
      secrets: {},
    })),
    references: loaded.result.templates.flatMap(({ references }) => references),
    layers: { typed, shell: {}, envFile: {}, remembered: {} },
    savedAs: 'remembered',
    settings: [],
    scans: [],
    ownNames: ownNames(project),
    interpolation: {},
    secretOverrides: {},
  });
  const chosen = chooseValues(inputOf(plain));
  const loaded = loadSource(source, filledBy(chosen));
  const input = inputOf(loaded);
  const resolved = resolveProject(input, chosen);
  const services = input.services.map(({ name, declared }) => {
    const { variables = [], unresolved = [], problems = [] } = resolved.get(name) ?? {};
    return [name, { variables, unresolved, problems, declared: declared as readonly DeclaredEntry[] }] as const;
  });
  return { source, gathered: { loaded, chosen, services: new Map(services), unanswered: undefined } };
}
