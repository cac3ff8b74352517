import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { generate } from './diagnostics.mjs';

describe('docs/reference/diagnostics.md', () => {
  it('says what the catalogues say', async () => {
    for (const [path, text] of Object.entries(await generate())) {
      expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(text);
    }
  });
});
