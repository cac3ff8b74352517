import type { Diagnostic } from '@ushadow/compose';
import { readFileSync } from 'node:fs';
import type { CommandContext } from '../command.ts';
import { textStyler } from './terminal-text.ts';
import { formatDiagnostics } from './print-diagnostics.ts';

/** Each finding with its place; on a terminal with the line of the Compose file. */
export function findingTexts(
  findings: readonly Diagnostic[],
  {
    workingDirectory,
    environment,
    isTerminal,
  }: Pick<CommandContext, 'workingDirectory' | 'environment' | 'isTerminal'>,
): readonly string[] {
  const styled = textStyler(isTerminal, environment);
  const source = isTerminal ? readSource : () => undefined;
  return formatDiagnostics(findings, { workingDirectory, styled, source }).map((text) => `${text}\n`);
}

/** Env files are not quoted: they hold secrets. */
function readSource(file: string): string | undefined {
  if (!/\.ya?ml$/.test(file)) return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
