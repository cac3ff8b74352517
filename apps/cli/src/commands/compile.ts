import { fileNames, printJson, printYaml } from '@ushadow/kubernetes';
import type { CompileResult } from '@ushadow/compiler';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ExitCode, CommandContext } from '../command.ts';
import type { Compiled } from '../compose/compile-options.ts';
import { COMPILE_OPTIONS, COMPILE_USAGE, compileFromDisk } from '../compose/compile-options.ts';
import { LOAD_OPTIONS, LOAD_USAGE, oneOf, parseOptions } from '../compose/load-options.ts';
import { textStyler } from '../terminal/terminal-text.ts';
import { countOf, formatDiagnostics } from '../terminal/print-diagnostics.ts';

export const usage = `Usage: ushadow compile [OPTIONS]

Compiles Compose files to Kubernetes objects. Findings go to standard error. Exit code 1 when there are errors.

  -o, --output DIR|-         one file per object in DIR, or all on standard output (the default)
      --format yaml|json     how objects are written
      --diagnostics text|json|none
                             how findings are shown; text leaves notes out unless --verbose
  -v, --verbose              notes as well
${LOAD_USAGE}${COMPILE_USAGE}`;

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const values = parseOptions(args, {
    ...LOAD_OPTIONS,
    ...COMPILE_OPTIONS,
    output: { type: 'string', short: 'o' },
    format: { type: 'string' },
    diagnostics: { type: 'string' },
    verbose: { type: 'boolean', short: 'v' },
  });
  const format = oneOf('format', values.format, ['yaml', 'json']);
  const style = oneOf('diagnostics', values.diagnostics, ['text', 'json', 'none']);
  const compiled = compileFromDisk(values, context);
  if (style === 'json') context.printError(asJson(compiled));
  if (style === 'text') context.printError(asText(compiled, values.verbose === true, context));
  if (!compiled.ok || !compiled.result) return 1;
  if (values.output === undefined || values.output === '-') {
    context.print(format === 'json' ? printJson(compiled.result.objects) : printYaml(compiled.result.objects));
  } else writeObjects(compiled.result, format, resolve(context.workingDirectory, values.output));
  return 0;
}

/** Files with Secrets are for their owner only. */
function writeObjects({ objects }: CompileResult, format: 'yaml' | 'json', directory: string): void {
  mkdirSync(directory, { recursive: true });
  const names = fileNames(objects, format);
  objects.forEach((object, index) => {
    const text = format === 'json' ? `${JSON.stringify(object, null, 2)}\n` : printYaml([object]);
    writeFileSync(join(directory, names[index] ?? ''), text, { mode: object.kind === 'Secret' ? 0o600 : 0o644 });
  });
}

function asJson({ ok, diagnostics, result }: Compiled): string {
  return `${JSON.stringify({ ok, diagnostics, coverage: result?.coverage }, null, 2)}\n`;
}

function asText({ diagnostics, result }: Compiled, verbose: boolean, context: CommandContext): string {
  const styled = textStyler(context.isTerminal, context.environment);
  const options = { workingDirectory: context.workingDirectory, styled, source: () => undefined };
  const shown = diagnostics.filter(({ severity }) => verbose || severity !== 'info');
  const blocks = formatDiagnostics(shown, options).map((text) => `${text}\n`);
  return [...blocks, summary(result, diagnostics)].join('\n');
}

function summary(result: CompileResult | undefined, diagnostics: Compiled['diagnostics']): string {
  const { keys, mapped, approximated, diagnosed } = result?.coverage ?? {
    keys: 0,
    mapped: 0,
    approximated: 0,
    diagnosed: 0,
  };
  const coverage = result
    ? `${result.objects.length} objects; of ${keys} keys ${mapped} carried over, ${approximated} with a difference, ${diagnosed} not`
    : 'nothing compiled';
  return `${[coverage, countOf(diagnostics)].filter(Boolean).join('; ')}\n`;
}
