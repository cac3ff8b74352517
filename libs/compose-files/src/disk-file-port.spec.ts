import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskFilePort } from './disk-file-port.ts';

describe('DiskFilePort', () => {
  const port = new DiskFilePort();
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'compose-files-'));
    writeFileSync(join(folder, 'b.yaml'), 'b');
    writeFileSync(join(folder, 'a.yaml'), 'a');
    mkdirSync(join(folder, 'sub'));
    symlinkSync(join(folder, 'a.yaml'), join(folder, 'link'));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('lists names in order, whatever the disk gives', () => {
    expect(port.list(folder)).toEqual(['a.yaml', 'b.yaml', 'link', 'sub']);
  });

  it('says where a symbolic link leads, so that a policy can judge it', () => {
    expect(port.stat(join(folder, 'link'))).toMatchObject({ kind: 'file', realPath: join(folder, 'a.yaml') });
  });

  it('sees nothing outside its roots, not even through a symbolic link inside them', () => {
    const outside = mkdtempSync(join(tmpdir(), 'compose-outside-'));
    writeFileSync(join(outside, 'secret'), 's');
    symlinkSync(join(outside, 'secret'), join(folder, 'sub', 'leak'));
    const rooted = new DiskFilePort({ roots: [folder] });
    expect(rooted.read(join(folder, 'a.yaml'))).toBe('a');
    for (const path of [join(outside, 'secret'), join(folder, 'sub', 'leak'), `${folder}/../${outside}/secret`]) {
      expect(rooted.read(path)).toBeUndefined();
      expect(rooted.stat(path)).toBeUndefined();
      expect(rooted.readBytes(path)).toBeUndefined();
    }
    expect(rooted.list(outside)).toEqual([]);
    rmSync(outside, { recursive: true });
  });

  it('takes what is not there, and a folder read as a file, for absent', () => {
    expect(port.read(join(folder, 'none'))).toBeUndefined();
    expect(port.read(join(folder, 'sub'))).toBeUndefined();
    expect(port.stat(join(folder, 'none'))).toBeUndefined();
    expect(port.list(join(folder, 'none'))).toEqual([]);
  });
});
