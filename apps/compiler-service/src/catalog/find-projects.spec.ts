import { describe, expect, it } from '@jest/globals';
import { MemoryFilePort } from '@ushadow/compose';
import { findProjects } from './find-projects.ts';

describe('findProjects', () => {
  it('takes each Compose file for a project, and each folder with a file of a standard name', () => {
    const port = new MemoryFilePort({
      '/c/shop.yaml': '',
      '/c/blog.yml': '',
      '/c/notes.txt': '',
      '/c/wiki/compose.yaml': '',
      '/c/overrides/dev.yml': '',
    });
    expect(findProjects(port, '/c').map(({ stem, file }) => [stem, file])).toEqual([
      ['blog', 'blog.yml'],
      ['shop', 'shop.yaml'],
      ['wiki', 'wiki/compose.yaml'],
    ]);
  });

  it('puts an override file with the file it overrides, and lists it nowhere else', () => {
    const port = new MemoryFilePort({ '/c/shop.yaml': '', '/c/shop.override.yaml': '' });
    expect(findProjects(port, '/c')).toEqual([
      {
        stem: 'shop',
        file: 'shop.yaml',
        files: ['/c/shop.yaml', '/c/shop.override.yaml'],
        directory: '/c',
        content: undefined,
        root: '/c',
        base: '/c',
        origin: 'directory',
      },
    ]);
  });
});
