import { variablesOf, type LoadResult } from '@ushadow/compose';
import { readFileSync } from 'node:fs';

/** Names of the variables that a project takes from its environment. */
export function referredNames({ filesRead, project, declaredEnvironment, templates }: LoadResult): ReadonlySet<string> {
  const names = templates.flatMap(({ references }) => references.map(({ name }) => name));
  for (const file of filesRead) names.push(...namesInEnvFile(file));
  // Declared by name alone, or what a config is made of.
  for (const { name, template } of Object.values(declaredEnvironment).flat()) if (template === null) names.push(name);
  for (const { environment } of Object.values({ ...project?.configs, ...project?.secrets }))
    if (environment !== undefined) names.push(environment);
  return new Set(names);
}

/** Values of an env file may refer to variables as well; comments do not. */
function namesInEnvFile(file: string): string[] {
  if (/\.ya?ml$/.test(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines
    .filter((line) => !line.trimStart().startsWith('#'))
    .flatMap((line) => variablesOf(line).map(({ name }) => name));
}
