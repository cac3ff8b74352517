import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

describe('compose-schema.generated.ts', () => {
  it('is what the generator makes of schema/compose-spec.json', () => {
    const script = new URL('../../scripts/generate-schema.mjs', import.meta.url).href;
    const code = `const { generateSchema } = await import(${JSON.stringify(script)}); process.stdout.write(await generateSchema());`;
    const made = execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
    expect(readFileSync(fileURLToPath(new URL('compose-schema.generated.ts', import.meta.url)), 'utf8')).toBe(made);
  });
});
