import type { DocumentedCommand } from '../documented-commands.ts';
import type { Finding } from '../page.ts';

/** What npm runs under its own name. */
const SHORT = ['start', 'test'];

/** `npm run` of a script that package.json does not have. */
export function unknownScripts(
  commands: readonly DocumentedCommand[],
  scripts: ReadonlySet<string>,
): readonly Finding[] {
  return commands.flatMap(({ path, line, program, args: [first = '', second = ''] }) => {
    if (program !== 'npm') return [];
    const name = first === 'run' ? second : SHORT.find((each) => each === first);
    if (name === undefined || scripts.has(name)) return [];
    return [{ path, line, message: `package.json has no script ${name}` }];
  });
}
