import type { ExitCode, Surroundings } from '../command.ts';
import { canonicalText } from '../compose/canonical-text.ts';
import { LOAD_OPTIONS, LOAD_USAGE, loadFromDisk, oneOf, parseOptions } from '../compose/load-options.ts';
import { painter } from '../terminal/paint.ts';
import { formatDiagnostic } from '../terminal/print-diagnostics.ts';

export const usage = `Usage: ushadow config [OPTIONS]

Prints the canonical project: files merged, variables replaced, short forms expanded.

${LOAD_USAGE}      --format yaml|json     how it is printed
      --quiet                print nothing, only check
`;

export async function run(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const values = parseOptions(args, {
    ...LOAD_OPTIONS,
    format: { type: 'string' },
    quiet: { type: 'boolean', short: 'q' },
  });
  const format = oneOf('format', values.format, ['yaml', 'json']);
  const { ok, project, diagnostics } = loadFromDisk(values, surroundings);
  const paint = painter(surroundings.isTerminal, surroundings.environment);
  const options = { workingDirectory: surroundings.workingDirectory, paint, source: () => undefined };
  for (const diagnostic of diagnostics) {
    if (diagnostic.severity !== 'info') surroundings.printError(`${formatDiagnostic(diagnostic, options)}\n`);
  }
  if (!ok || !project) return 1;
  if (!values.quiet) surroundings.print(await canonicalText(project, format));
  return 0;
}
