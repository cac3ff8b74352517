import { describe, expect, it } from '@jest/globals';
import { uploadLimits } from '@ushadow/contracts';
import { zipOf, type ZippedFile } from '@ushadow/testing';
import { readArchive } from '../src/uploads/read-archive.ts';

const zip = (files: Readonly<Record<string, Partial<ZippedFile>>>) =>
  zipOf(Object.fromEntries(Object.entries(files).map(([path, file]) => [path, { text: 'x', ...file }])));

/** The same archive with another name in its place: no packer writes such names. */
function renamed(archive: Buffer, from: string, to: string): Buffer {
  return Buffer.from(archive.toString('latin1').replaceAll(from, to), 'latin1');
}

describe('readArchive', () => {
  it('gives the files with content and executable bit, without folders and ballast', async () => {
    const archive = await zip({
      'compose.yaml': { text: 'services: {}' },
      'run.sh': { mode: 0o100755 },
      '__MACOSX/._compose.yaml': {},
      'sub/.DS_Store': {},
      '.git/config': {},
    });
    const files = await readArchive(archive);
    expect(files.map(({ path, executable }) => [path, executable])).toEqual([
      ['compose.yaml', false],
      ['run.sh', true],
    ]);
    expect(Buffer.from(files[0]?.content ?? []).toString()).toBe('services: {}');
  });

  it('steps into the one folder that holds everything', async () => {
    const paths = async (...names: string[]) =>
      (await readArchive(await zip(Object.fromEntries(names.map((name) => [name, {}]))))).map(({ path }) => path);
    expect(await paths('shop/compose.yaml', 'shop/conf/a')).toEqual(['compose.yaml', 'conf/a']);
    expect(await paths('shop/compose.yaml', 'other')).toEqual(['shop/compose.yaml', 'other']);
  });

  it.each(['../evil', '/absolut', 'C:\\evilx', 'a\\..\\bc'])('refuses an entry called %s', async (name) => {
    const archive = await zip({ ['n'.repeat(name.length)]: {} });
    await expect(readArchive(renamed(archive, 'n'.repeat(name.length), name))).rejects.toMatchObject({
      code: 'UPLOAD_INVALID',
    });
  });

  it('refuses links, which could lead anywhere', async () => {
    await expect(readArchive(await zip({ link: { text: '/etc/passwd', mode: 0o120777 } }))).rejects.toMatchObject({
      code: 'UPLOAD_INVALID',
      details: { problems: [{ path: 'link', problem: expect.stringContaining('link') }] },
    });
  });

  it('refuses a bomb by the size it names, and one that lies by what comes out', async () => {
    const size = uploadLimits.fileBytes + 1;
    const bomb = await zip({ 'bomb.txt': { text: Buffer.alloc(size) } });
    expect(bomb.length).toBeLessThan(10_000);
    await expect(readArchive(bomb)).rejects.toMatchObject({ code: 'UPLOAD_TOO_LARGE' });
    const said = Buffer.alloc(4);
    said.writeUInt32LE(size);
    const less = Buffer.alloc(4);
    less.writeUInt32LE(10);
    const liar = renamed(bomb, said.toString('latin1'), less.toString('latin1'));
    await expect(readArchive(liar)).rejects.toMatchObject({ code: 'UPLOAD_INVALID' });
  });

  it('refuses many files that are too large together', async () => {
    const files = Array.from({ length: 5 }, (_, index) => [`${String(index)}.txt`, { text: Buffer.alloc(1_000_000) }]);
    await expect(readArchive(await zip(Object.fromEntries(files)))).rejects.toMatchObject({ code: 'UPLOAD_TOO_LARGE' });
  });

  it.each(['', 'no zip at all', 'PK\u0003\u0004 cut off'])('refuses %j', async (text) => {
    await expect(readArchive(Buffer.from(text))).rejects.toMatchObject({ code: 'UPLOAD_INVALID' });
  });
});
