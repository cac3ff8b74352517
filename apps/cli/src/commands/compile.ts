import { fileNames, printJson, printYaml } from '@ushadow/kubernetes';
import type { CompileResult } from '@ushadow/compiler';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ExitCode, CommandContext, OptionTable } from '../command.ts';
import type { Compiled } from '../compose/compile-options.ts';
import { COMPILE_OPTIONS, COMPILE_USAGE, compileFromDisk } from '../compose/compile-options.ts';
import { LOAD_OPTIONS, LOAD_USAGE, oneOf, parseOptions } from '../compose/load-options.ts';
import { GATEWAY_OPTIONS, JSON_USAGE } from '../gateway/command-line.ts';
import { textStyler } from '../terminal/terminal-text.ts';
import { countOf, formatDiagnostics } from '../terminal/print-diagnostics.ts';

export const usage = `Usage: ushadow compile [OPTIONS]

Compiles Compose files to Kubernetes objects. Findings go to standard error. Exit code 1 when there are errors.

  -o, --output DIR|-         one file per object in DIR, or all on standard output (the default)
      --format yaml|json     how objects are written
      --diagnostics text|none
                             how findings are shown; text leaves notes out unless --verbose
  -v, --verbose              notes as well
${LOAD_USAGE}${COMPILE_USAGE}${JSON_USAGE}`;

export const options = {
  ...LOAD_OPTIONS,
  ...COMPILE_OPTIONS,
  json: GATEWAY_OPTIONS.json,
  output: { type: 'string', short: 'o' },
  format: { type: 'string' },
  diagnostics: { type: 'string' },
  verbose: { type: 'boolean', short: 'v' },
} as const satisfies OptionTable;

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const values = parseOptions(args, options);
  const json = values.json === true;
  const format = oneOf('format', values.format, ['yaml', 'json']);
  const style = oneOf('diagnostics', values.diagnostics, ['text', 'none']);
  const compiled = compileFromDisk(values, context);
  const result = compiled.ok ? compiled.result : undefined;
  const folder = values.output === '-' ? undefined : values.output;
  if (!json && style === 'text') context.printError(asText(compiled, values.verbose === true, context));
  if (folder !== undefined) {
    const files = result === undefined ? [] : writeObjects(result, format, resolve(context.workingDirectory, folder));
    if (json) context.print(asJson(compiled, { folder, files }));
  } else if (json) context.print(asJson(compiled, {}));
  else if (result !== undefined) context.print(print(result, format));
  return result === undefined ? 1 : 0;
}

function print({ objects }: CompileResult, format: 'yaml' | 'json'): string {
  return format === 'json' ? printJson(objects) : printYaml(objects);
}

/** Files with Secrets are for their owner only. @returns their names */
function writeObjects({ objects }: CompileResult, format: 'yaml' | 'json', directory: string): readonly string[] {
  mkdirSync(directory, { recursive: true });
  const names = fileNames(objects, format);
  objects.forEach((object, index) => {
    const text = format === 'json' ? `${JSON.stringify(object, null, 2)}\n` : printYaml([object]);
    writeFileSync(join(directory, names[index] ?? ''), text, { mode: object.kind === 'Secret' ? 0o600 : 0o644 });
  });
  return names;
}

/** What was written to files is not told again. */
function asJson(
  { ok, diagnostics, result }: Compiled,
  written: { readonly folder?: string; readonly files?: readonly string[] },
): string {
  const objects = ok && written.folder === undefined ? { objects: result?.objects ?? [] } : {};
  return `${JSON.stringify({ ok, diagnostics, coverage: result?.coverage, ...objects, ...written }, null, 2)}\n`;
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
