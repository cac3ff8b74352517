import type { LoadResult } from '@ushadow/compose';
import type { ExitCode, CommandContext, OptionTable } from '../command.ts';
import { LOAD_OPTIONS, LOAD_USAGE, loadFromDisk, parseOptions } from '../compose/load-options.ts';
import { GATEWAY_OPTIONS, JSON_USAGE } from '../gateway/command-line.ts';
import { countOf } from '../terminal/print-diagnostics.ts';
import { findingTexts } from '../terminal/finding-texts.ts';

export const usage = `Usage: ushadow check [OPTIONS]

Checks Compose files. Exit code 1 when there are errors.

${LOAD_USAGE}${JSON_USAGE}`;

export const options = { ...LOAD_OPTIONS, json: GATEWAY_OPTIONS.json } as const satisfies OptionTable;

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const values = parseOptions(args, options);
  const result = loadFromDisk(values, context);
  context.print(values.json === true ? asJson(result) : asText(result, context));
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
