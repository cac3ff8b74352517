import type { LoadResult } from '@ushadow/compose';
import type { ExitCode, CommandContext } from '../command.ts';
import { LOAD_OPTIONS, LOAD_USAGE, loadFromDisk, oneOf, parseOptions } from '../compose/load-options.ts';
import { countOf } from '../terminal/print-diagnostics.ts';
import { findingTexts } from '../terminal/finding-texts.ts';

export const usage = `Usage: ushadow check [OPTIONS]

Checks Compose files. Exit code 1 when there are errors.

${LOAD_USAGE}      --format text|json     how findings are shown
`;

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const values = parseOptions(args, { ...LOAD_OPTIONS, format: { type: 'string' } });
  const format = oneOf('format', values.format, ['text', 'json']);
  const result = loadFromDisk(values, context);
  context.print(format === 'json' ? asJson(result) : asText(result, context));
  return result.ok ? 0 : 1;
}

function asJson({ ok, diagnostics, filesRead }: LoadResult): string {
  return `${JSON.stringify({ ok, diagnostics, filesRead }, null, 2)}\n`;
}

function asText({ ok, diagnostics, project }: LoadResult, context: CommandContext): string {
  const blocks = findingTexts(diagnostics, context);
  const count = Object.keys(project?.services ?? {}).length;
  const verdict = ok ? `${project?.name ?? ''}: ${count} service${count === 1 ? '' : 's'}, no errors` : '';
  return `${[...blocks, [verdict, countOf(diagnostics)].filter(Boolean).join(', ')].join('\n')}\n`;
}
