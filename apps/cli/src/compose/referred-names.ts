import { variablesOf, type LoadResult } from '@ushadow/compose';
import { readFileSync } from 'node:fs';
import { parseAllDocuments, visit } from 'yaml';

/** Names of the variables that a project asks its surroundings for. */
export function referredNames({ filesRead, project, declaredEnvironment }: LoadResult): ReadonlySet<string> {
  const names = new Set<string>();
  for (const file of filesRead)
    for (const text of textsOf(file)) for (const { name } of variablesOf(text)) names.add(name);
  // Declared by name alone, or what a config is made of.
  for (const declared of Object.values(declaredEnvironment).flat())
    if (declared.template === null) names.add(declared.name);
  for (const { environment } of Object.values({ ...project?.configs, ...project?.secrets }))
    if (environment !== undefined) names.add(environment);
  return names;
}

/** Texts that variables are filled into: values of a Compose file, lines of an env file. Comments are none. */
function textsOf(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  if (!text.includes('$')) return [];
  if (!/\.ya?ml$/.test(file)) return text.split('\n').filter((line) => !line.trimStart().startsWith('#'));
  const texts: string[] = [];
  for (const document of parseAllDocuments(text, { merge: true }))
    visit(document, {
      Scalar: (key, { value }) => {
        if (key !== 'key' && typeof value === 'string') texts.push(value);
      },
    });
  return texts;
}
