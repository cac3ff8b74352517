import { addressText } from '@ushadow/templates';
import type { CommandContext } from '../command.ts';
import type { LoadedProject } from '../compose/loaded-project.ts';
import { referredNames } from '../compose/referred-names.ts';
import { visibleText } from '../terminal/terminal-text.ts';
import type { TemplateProject } from './template-project.ts';

type Value = TemplateProject['values'][number];

/** Generated values that the project has; not those that somebody gives. */
export function generatedValues(loaded: LoadedProject): readonly Value[] {
  const names = loaded.template === undefined ? new Set<string>() : referredNames(loaded);
  return ofTemplate(loaded).filter(({ name, generated }) => generated && names.has(name));
}

/** Values that are as the template has them. */
export function ofTemplate({ template, interpolationEnvironment: known }: LoadedProject): readonly Value[] {
  return (template?.values ?? []).filter(({ name, value }) => Object.hasOwn(known, name) && known[name] === value);
}

/** What a run without a stack makes, nobody keeps. */
export function sayGenerated(loaded: LoadedProject, { printError }: Pick<CommandContext, 'printError'>): void {
  const names = generatedValues(loaded).map(({ name }) => name);
  if (names.length === 0) return;
  printError(
    visibleText(
      `Generated anew by each run: ${names.join(', ')}. Give them with --env-file to keep them; ushadow up keeps them with the stack.\n`,
    ),
  );
}

/** By service, as a specification has them. */
export function templateAddresses({ template }: LoadedProject): ReadonlyMap<string, readonly string[]> {
  const addresses = new Map<string, string[]>();
  for (const address of template?.public ?? []) {
    const { service } = address;
    addresses.set(service, [...(addresses.get(service) ?? []), addressText(address)]);
  }
  return addresses;
}
