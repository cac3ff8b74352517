import { describe, expect, it } from '@jest/globals';
import { selectFiles } from './select-files.ts';

const select = (...paths: string[]) => selectFiles(paths.map((path) => ({ path, size: 1 })));
const pathsOf = (...paths: string[]) => select(...paths).files.map(({ path }) => path);

describe('selectFiles', () => {
  it('keeps relative paths, and steps into the one folder that holds everything', () => {
    expect(pathsOf('notes/compose.yaml', 'notes/conf/app.conf')).toEqual(['compose.yaml', 'conf/app.conf']);
    expect(pathsOf('compose.yaml', 'conf/app.conf')).toEqual(['compose.yaml', 'conf/app.conf']);
    expect(pathsOf('a/compose.yaml', 'ab/app.conf')).toEqual(['a/compose.yaml', 'ab/app.conf']);
  });

  it('steps into one folder only', () => {
    expect(pathsOf('a/b/compose.yaml')).toEqual(['b/compose.yaml']);
  });

  it('takes one zip file for an archive, and several files for files', () => {
    expect(select('Notes.ZIP')).toMatchObject({ kind: 'archive', name: 'Notes' });
    expect(select('notes.zip', 'compose.yaml').kind).toBe('files');
  });

  it('leaves out what file managers and version control add, and says how much', () => {
    const { files, leftOut } = select('n/.git/config', 'n/.gitignore', 'n/conf/.DS_Store', 'n/compose.yaml');
    expect(files.map(({ path }) => path)).toEqual(['.gitignore', 'compose.yaml']);
    expect(leftOut).toBe(2);
  });

  it('suggests the name of the folder or file, unless it only says Compose', () => {
    expect(select('notes/compose.yaml').name).toBe('notes');
    expect(select('notes.yaml').name).toBe('notes');
    expect(select('docker-compose.yml').name).toBeNull();
    expect(select('compose.yaml').name).toBeNull();
  });

  it('is empty when nothing was chosen', () => {
    expect(select()).toEqual({ kind: 'files', files: [], leftOut: 0, name: null });
  });
});
