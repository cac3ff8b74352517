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

  it('takes what is not there, and a folder read as a file, for absent', () => {
    expect(port.read(join(folder, 'none'))).toBeUndefined();
    expect(port.read(join(folder, 'sub'))).toBeUndefined();
    expect(port.stat(join(folder, 'none'))).toBeUndefined();
    expect(port.list(join(folder, 'none'))).toEqual([]);
  });
});
