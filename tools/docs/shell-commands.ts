/** One simple command of a shell text: its words without quotes, and the line of the first, counted from 0. */
export type ShellCommand = { readonly words: readonly string[]; readonly line: number };

/**
 * The simple commands of a shell text, those within `$(…)` too. As much of a shell as documentation uses: quotes, comments,
 * lines that go on after a backslash, pipes and lists. What is substituted stands as `$()` in the word that has it.
 */
export function shellCommands(text: string): readonly ShellCommand[] {
  const found: ShellCommand[] = [];
  readList({ text, at: 0 }, false, found);
  return found.sort((a, b) => a.line - b.line);
}

type Source = { readonly text: string; at: number };

function readList(source: Source, isNested: boolean, found: ShellCommand[]): void {
  let command: Draft = emptyDraft();
  const end = (): void => {
    endWord(command);
    if (command.words.length > 0) found.push({ words: command.words, line: command.line });
    command = emptyDraft();
  };
  while (source.at < source.text.length) {
    const character = source.text[source.at] ?? '';
    if (isNested && character === ')') break;
    if (character === '#' && command.word === undefined) skipComment(source);
    else if ('\n;|&()'.includes(character)) {
      end();
      source.at += 1;
    } else if (' \t<>'.includes(character)) {
      endWord(command);
      source.at += 1;
    } else readPiece(source, command, found);
  }
  end();
}

type Draft = { readonly words: string[]; word: string | undefined; line: number };

function emptyDraft(): Draft {
  return { words: [], word: undefined, line: 0 };
}

function endWord(command: Draft): void {
  if (command.word !== undefined) command.words.push(command.word);
  command.word = undefined;
}

function skipComment(source: Source): void {
  const end = source.text.indexOf('\n', source.at);
  source.at = end < 0 ? source.text.length : end;
}

/** One character, one quoted part or one substitution of a word. */
function readPiece(source: Source, command: Draft, found: ShellCommand[]): void {
  const { text, at } = source;
  if (text.startsWith('\\\n', at)) {
    source.at += 2;
    return;
  }
  if (command.words.length === 0 && command.word === undefined) command.line = lineAt(text, at);
  command.word ??= '';
  if (text[at] === "'") {
    const end = text.indexOf("'", at + 1);
    command.word += text.slice(at + 1, end < 0 ? text.length : end);
    source.at = end < 0 ? text.length : end + 1;
  } else if (text[at] === '"') {
    source.at += 1;
    while (source.at < text.length && text[source.at] !== '"') readCharacter(source, command, found);
    source.at += 1;
  } else readCharacter(source, command, found);
}

function readCharacter(source: Source, command: Draft, found: ShellCommand[]): void {
  const { text, at } = source;
  if (text.startsWith('$(', at)) {
    source.at += 2;
    readList(source, true, found);
    source.at += 1;
    command.word = `${command.word ?? ''}$()`;
    return;
  }
  const isEscaped = text[at] === '\\';
  command.word = `${command.word ?? ''}${text[isEscaped ? at + 1 : at] ?? ''}`;
  source.at += isEscaped ? 2 : 1;
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length - 1;
}
