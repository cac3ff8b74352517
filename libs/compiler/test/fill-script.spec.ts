import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FILL_SCRIPT } from '../src/emit/fill-script.ts';

let root: string;
let image: string;
let volume: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ushadow-fill-'));
  [image, volume] = [join(root, 'image'), join(root, 'volume')];
  mkdirSync(join(image, 'sub folder/deep'), { recursive: true });
  mkdirSync(volume);
  writeFileSync(join(image, 'index.html'), 'welcome');
  writeFileSync(join(image, '.hidden'), 'too');
  writeFileSync(join(image, '..odd'), 'even so');
  writeFileSync(join(image, 'sub folder/deep/run.sh'), 'echo', { mode: 0o755 });
  symlinkSync('index.html', join(image, 'start.html'));
  symlinkSync('/nowhere', join(image, 'dangling'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Everything below a folder: files with mode and content, links with where they lead. */
function listing(folder: string, below = ''): Readonly<Record<string, string>> {
  const entries = readdirSync(join(folder, below)).flatMap((name): [string, string][] => {
    const [path, full] = [join(below, name), join(folder, below, name)];
    const stat = lstatSync(full);
    if (stat.isSymbolicLink()) return [[path, `-> ${readlinkSync(full)}`]];
    if (stat.isDirectory()) return [[path, 'folder'], ...Object.entries(listing(folder, path))];
    return [[path, `${(stat.mode & 0o777).toString(8)} ${readFileSync(full, 'utf8')}`]];
  });
  return Object.fromEntries(entries);
}

const PROGRAMS = ['cp', 'mv', 'rm', 'mkdir', 'chmod', 'chown', 'sync'];

/** @param stopAt the how manieth program that changes something is its last, done by half or not at all */
function fill(stopAt = Infinity): number | null {
  const bin = join(root, 'bin');
  mkdirSync(bin, { recursive: true });
  const count = join(root, 'count');
  writeFileSync(count, '');
  for (const name of PROGRAMS) {
    const real = ['/bin', '/usr/bin'].map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? name;
    writeFileSync(
      join(bin, name),
      `#!/bin/sh\nprintf x >> '${count}'\nif [ "$(wc -c < '${count}')" -eq ${stopAt} ]; then ` +
        (name === 'cp' ? `mkdir -p '${volume}/.ushadow-copy-up/files/half'; ` : '') +
        `kill -9 $PPID; exit 1; fi\nexec ${real} "$@"\n`,
    );
    chmodSync(join(bin, name), 0o755);
  }
  const PATH = Number.isFinite(stopAt) ? `${bin}:${process.env['PATH'] ?? ''}` : process.env['PATH'];
  return spawnSync('/bin/sh', ['-c', FILL_SCRIPT, 'fill', image, volume], { env: { PATH } }).status;
}

describe('filling a volume from an image', () => {
  it('copies everything, hidden files, links and modes too, and leaves nothing else behind', () => {
    expect(fill()).toBe(0);
    expect(listing(volume)).toEqual(listing(image));
  });

  it('takes the folder of a new file system for nothing', () => {
    mkdirSync(join(volume, 'lost+found'));
    expect(fill()).toBe(0);
    expect(listing(volume)).toEqual({ ...listing(image), 'lost+found': 'folder' });
  });

  it.each(['file', '.hidden'])('leaves a volume alone that holds anything, such as %s', (name) => {
    writeFileSync(join(volume, name), 'mine');
    expect(fill()).toBe(0);
    expect(readdirSync(volume)).toEqual([name]);
    expect(readFileSync(join(volume, name), 'utf8')).toBe('mine');
  });

  it('does nothing for what the image does not have', () => {
    rmSync(image, { recursive: true });
    expect(fill()).toBe(0);
    expect(readdirSync(volume)).toEqual([]);
  });

  it('is complete when several pods begin at once', async () => {
    for (let count = 0; count < 100; count++) writeFileSync(join(image, `file-${count}`), 'x');
    const run = () =>
      new Promise<number | null>((resolve) => {
        spawn('/bin/sh', ['-c', FILL_SCRIPT, 'fill', image, volume]).once('exit', resolve);
      });
    expect(await Promise.all([run(), run(), run()])).toEqual([0, 0, 0]);
    expect(listing(volume)).toEqual(listing(image));
  });

  it('does not fill a second time what was changed since', () => {
    fill();
    rmSync(join(volume, 'index.html'));
    expect(fill()).toBe(0);
    expect(existsSync(join(volume, 'index.html'))).toBe(false);
  });

  it('is complete after it was stopped at any step and run again, and never writes over what came between', () => {
    const wanted = listing(image);
    for (let step = 1; step < 40; step++) {
      rmSync(volume, { recursive: true });
      mkdirSync(volume);
      if (fill(step) === 0) {
        expect(step).toBeGreaterThan(8);
        return;
      }
      const isMoving = existsSync(join(volume, '.ushadow-copy-up/whole'));
      if (isMoving) writeFileSync(join(volume, 'theirs'), 'x');
      expect([step, fill()]).toEqual([step, 0]);
      expect([step, listing(volume)]).toEqual([step, isMoving ? { ...wanted, theirs: expect.any(String) } : wanted]);
    }
    throw new Error('it never came to its end');
  });
});
