import type { Located, Page } from './page.ts';
import { shellCommands } from './shell-commands.ts';

/** A command that a page tells people to run: the program, what follows it, and where it stands. */
export type DocumentedCommand = {
  readonly path: string;
  readonly line: number;
  readonly program: string;
  readonly args: readonly string[];
};

const SHELLS: readonly string[] = ['sh', 'bash', 'shell'];
/** Blocks without a language are shell only where they begin as people type. */
const TYPED = /^(npm|ushadow|curl) /;

/** The commands in blocks and in the text of a page. Settings in front of a command are left out. */
export function documentedCommands(page: Page): readonly DocumentedCommand[] {
  const blocks = page.blocks.filter(
    ({ language, text }) => SHELLS.includes(language) || (language === '' && TYPED.test(text)),
  );
  return [...blocks, ...page.codes.filter(({ text }) => TYPED.test(text))].flatMap((source) =>
    commandsIn(page, source),
  );
}

function commandsIn({ path }: Page, { text, line }: Located): DocumentedCommand[] {
  return shellCommands(text).flatMap(({ words, line: below }) => {
    const first = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
    const program = words[first]?.split('/').at(-1);
    if (program === undefined || first < 0) return [];
    return [{ path, line: line + below, program, args: words.slice(first + 1) }];
  });
}
