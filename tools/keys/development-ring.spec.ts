import { describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseKeyRing } from '@ushadow/secrets';
import { freshKeyRing } from '../start/data-directory.ts';
import { firstKey, withNewKey, writeRing } from './development-ring.ts';

describe('the key ring of npm start', () => {
  it('gets its new key in front, under an id of its own, however often a day', () => {
    let text = freshKeyRing();
    for (let count = 2; count <= 4; count += 1) {
      text = withNewKey(text, freshKeyRing());
      expect(parseKeyRing(text).ring?.ids).toHaveLength(count);
    }
    const [newest] = parseKeyRing(text).ring?.ids ?? [];
    expect(parseKeyRing(firstKey(text)).ring?.ids).toEqual([newest]);
  });

  it('is written whole or not at all, for its owner alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ring-'));
    try {
      await writeRing(join(folder, 'keys'), 'a:b');
      expect(await readFile(join(folder, 'keys'), 'utf8')).toBe('a:b\n');
      expect((await stat(join(folder, 'keys'))).mode & 0o777).toBe(0o600);
      expect(await readdir(folder)).toEqual(['keys']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
