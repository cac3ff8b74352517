import type { ProjectVariableData } from '@ushadow/contracts';

type Source = ProjectVariableData['source'];

const labels: Readonly<Record<Source, string>> = {
  typed: 'Typed',
  shell: 'Shell',
  env_file: '.env file',
  remembered: 'Remembered',
  settings: 'Settings',
  scan: 'Scan',
  default: 'Compose file',
  none: 'Not set',
};

/** Where a value comes from. */
export function sourceLabel(source: Source): string {
  return labels[source];
}
