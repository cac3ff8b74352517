import type { DocumentedCommand } from '../documented-commands.ts';
import { optionsIn, type CliUsage } from '../facts/cli-usage.ts';
import type { Finding, Page } from '../page.ts';

/** Commands and options of `ushadow` that its own usage does not have. */
export function unknownCliUse(commands: readonly DocumentedCommand[], usage: CliUsage): readonly Finding[] {
  return commands.flatMap(({ path, line, program, args: [name = '', ...rest] }) => {
    // `ushadow COMMAND --help` names none.
    if (program !== 'ushadow' || !/^[a-z]/.test(name)) return [];
    const options = usage.get(name);
    if (options === undefined) return [{ path, line, message: `ushadow has no command ${name}` }];
    return optionsIn(rest.join(' '))
      .filter((option) => !options.has(option))
      .map((option) => ({ path, line, message: `ushadow ${name} has no option ${option}` }));
  });
}

/** Options that the text of a page names by themselves: `--wait`. One that no command has was renamed or never was. */
export function unknownOptions(pages: readonly Page[], usage: CliUsage): readonly Finding[] {
  const known = new Set([...usage.values()].flatMap((options) => [...options]));
  return pages.flatMap(({ path, codes }) =>
    codes
      .filter(({ text }) => text.startsWith('-'))
      .flatMap(({ text, line }) => optionsIn(text).map((option) => ({ option, line })))
      .filter(({ option }) => !known.has(option))
      .map(({ option, line }) => ({ path, line, message: `no command of ushadow has an option ${option}` })),
  );
}
