import type { UsedVariableData } from '@ushadow/contracts';
import type { GatheredProject } from './gather-project.ts';
import { ownOf } from '../environment/declared-values.ts';

type Source = UsedVariableData['source'];

/** Where the value of each name comes from: of those that fill `${NAME}`, and of the variables of selected containers. */
export function valueSources(
  { chosen, services, loaded }: GatheredProject,
  selected: readonly string[],
): Readonly<Record<string, { readonly source: Source }>> {
  const sources = new Map<string, Source>();
  for (const name of selected) {
    for (const { name: variable, winner } of services.get(name)?.variables ?? []) {
      if (winner !== undefined) sources.set(variable, winner.source);
    }
  }
  const references = loaded.result.templates.flatMap((each) => each.references.map(({ name }) => name));
  for (const name of new Set(references)) {
    const winner = ownOf(chosen.named, name)?.find(({ eligible }) => eligible);
    if (winner !== undefined) sources.set(name, winner.source);
  }
  return Object.fromEntries(
    [...sources].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, source]) => [name, { source }]),
  );
}
