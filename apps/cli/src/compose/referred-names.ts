import { variablesOf } from '@ushadow/compose';
import type { LoadedProject } from './loaded-project.ts';

/** Names of the variables that a project takes from its environment. */
export function referredNames({
  filesRead,
  project,
  declaredEnvironment,
  templates,
  port,
}: LoadedProject): ReadonlySet<string> {
  const names = templates.flatMap(({ references }) => references.map(({ name }) => name));
  for (const file of filesRead) if (!/\.ya?ml$/.test(file)) names.push(...namesInEnvFile(port.read(file) ?? ''));
  // Declared by name alone, or what a config is made of.
  for (const { name, template } of Object.values(declaredEnvironment).flat()) if (template === null) names.push(name);
  for (const { environment } of Object.values({ ...project?.configs, ...project?.secrets }))
    if (environment !== undefined) names.push(environment);
  return new Set(names);
}

/** Values of an env file may refer to variables as well; comments do not. */
function namesInEnvFile(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .flatMap((line) => variablesOf(line).map(({ name }) => name));
}
