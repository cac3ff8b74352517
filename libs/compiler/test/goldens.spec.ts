import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import type { Diagnostic } from '@ushadow/compose';
import type { CompileInput } from '../src/index.ts';
import { printYaml } from '@ushadow/kubernetes';
import { compileFile } from './harness/compile-file.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../fixtures');
/** USHADOW_UPDATE_GOLDENS=1 writes what comes out as what is expected. */
const update = process.env['USHADOW_UPDATE_GOLDENS'] === '1';

function shorten({ severity, code, message, remedy, path, position }: Diagnostic): Record<string, unknown> {
  const place = position === undefined ? {} : { at: `${basename(position.file)}:${position.line}:${position.column}` };
  const own = (text: string): string => text.replaceAll(folder, '');
  return { severity, code, ...place, path, message: own(message), remedy: own(remedy) };
}

function compare(file: string, actual: string): void {
  if (update) writeFileSync(file, actual);
  else expect(actual).toBe(readFileSync(file, 'utf8'));
}

describe('golden files', () => {
  it.each(readdirSync(folder).sort())('%s gives the expected objects and findings', (name) => {
    const at = (file: string): string => join(folder, name, file);
    const options = existsSync(at('options.json'))
      ? (JSON.parse(readFileSync(at('options.json'), 'utf8')) as Partial<Pick<CompileInput, 'target' | 'options'>>)
      : {};
    const { result, diagnostics } = compileFile([at('compose.yaml')], {
      ...options,
      target: { namespace: 'ushadow', ...options.target },
    });
    compare(at('expected.yaml'), printYaml(result?.objects ?? []));
    compare(at('diagnostics.json'), `${JSON.stringify(diagnostics.map(shorten), null, 2)}\n`);
  });
});
