import { describe, expect, it } from '@jest/globals';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseKeyRing } from './key-ring.ts';
import { keyRingText, withKeyRing } from './key-ring-source.ts';

const ring = `a:${Buffer.alloc(32, 7).toString('base64')}`;
const fails = (error: object) => (): never => {
  throw Object.assign(new Error('canary'), error);
};
const from = { file: () => `${ring}\n`, command: () => ring };

describe('where a key ring comes from', () => {
  it('is the environment, a file or a command', () => {
    expect(keyRingText({ USHADOW_KEYS: ring }, from)).toEqual({ text: ring });
    expect(keyRingText({ USHADOW_KEYS_FILE: '/ring' }, from)).toEqual({ text: `${ring}\n` });
    expect(keyRingText({ USHADOW_KEYS_COMMAND: 'vault read' }, from)).toEqual({ text: ring });
    expect(keyRingText({}, from)).toEqual({ text: undefined });
  });

  it('is one of them: which of two is meant would be ours to guess', () => {
    expect(keyRingText({ USHADOW_KEYS: ring, USHADOW_KEYS_FILE: '/ring' }, from)).toEqual({
      problem: 'USHADOW_KEYS and USHADOW_KEYS_FILE: only one of them can be used',
    });
  });

  it('is named when it gives nothing, and what it said is not repeated', () => {
    const gone = keyRingText({ USHADOW_KEYS_FILE: '/ring' }, { ...from, file: fails({ code: 'ENOENT' }) });
    expect(gone).toEqual({ problem: 'USHADOW_KEYS_FILE: /ring: ENOENT' });
    const failed = keyRingText({ USHADOW_KEYS_COMMAND: 'x' }, { ...from, command: fails({ status: 3 }) });
    expect(failed).toEqual({ problem: 'USHADOW_KEYS_COMMAND: gave no key ring: it ended with 3' });
  });

  it('gives a ring that can be read, one key on each line', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ring-'));
    try {
      const file = join(folder, 'ring');
      await writeFile(file, `${ring}\nb:${Buffer.alloc(32, 8).toString('base64')}\n`);
      await chmod(file, 0o600);
      for (const source of [{ USHADOW_KEYS_FILE: file }, { USHADOW_KEYS_COMMAND: `cat ${file}` }])
        expect(parseKeyRing(withKeyRing(source)['USHADOW_KEYS'] ?? '').ring?.ids).toEqual(['a', 'b']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
