import type { ProjectVariableData } from '@ushadow/contracts';

type Source = ProjectVariableData['source'];

const words: Readonly<Record<Source, string>> = {
  typed: 'Typed',
  shell: 'Shell',
  env_file: '.env file',
  remembered: 'Remembered',
  settings: 'Settings',
  scan: 'Scan',
  default: 'Compose file',
  none: 'Not set',
};

/** Where a value comes from, in a word. */
export function sourceWord(source: Source): string {
  return words[source];
}
