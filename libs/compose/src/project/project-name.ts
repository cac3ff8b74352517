import { baseName } from '../files/paths.ts';
import { substitute } from '../interpolate/template.ts';
import type { LoadInput } from '../load-input.ts';
import { entry, textOf } from '../tree/node.ts';
import type { EntryPoint } from './interpolation-environment.ts';
import type { LoadSession } from './model-scope.ts';

/** Lower case, without characters that a project name cannot have. */
function normalizeName(name: string): string {
  return [...name.toLowerCase().matchAll(/[a-z0-9_-]/g)].join('').replace(/^[_-]+/, '');
}

/** An explicit name, else COMPOSE_PROJECT_NAME, else `name:` of the last file that has one, else the directory. */
export function projectName(
  input: LoadInput,
  { files, directory, variables }: EntryPoint,
  session: LoadSession,
): string {
  const explicit = input.projectName || variables['COMPOSE_PROJECT_NAME'];
  if (explicit) {
    if (normalizeName(explicit) !== explicit) session.report.add('CPS0901', { name: explicit }, '/name');
    return explicit;
  }
  const written = nameInFiles(files, variables, session);
  const name = normalizeName(written ?? baseName(directory));
  if (name === '') session.report.add('CPS0902', {}, '/name', undefined);
  return name;
}

function nameInFiles(
  files: readonly string[],
  variables: Readonly<Record<string, string>>,
  session: LoadSession,
): string | undefined {
  let name: string | undefined;
  for (const file of files) {
    for (const { root } of session.documents(file, { path: [] }) ?? []) name = textOf(entry(root, 'name')) || name;
  }
  if (name === undefined) return undefined;
  const result = substitute(name, (variable) => (Object.hasOwn(variables, variable) ? variables[variable] : undefined));
  // What is wrong with the template is reported where the file is interpolated.
  return 'value' in result ? result.value : '';
}
