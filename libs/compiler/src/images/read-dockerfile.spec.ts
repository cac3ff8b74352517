import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readDockerfile } from './read-dockerfile.ts';
import { recipeGroup } from './recipe-user.ts';

describe('a Dockerfile', () => {
  it('tells the last stage, with what it goes on from', () => {
    const text = [
      '# syntax=docker/dockerfile:1',
      'ARG VERSION=22',
      'FROM --platform=linux/amd64 node:${VERSION}-alpine AS base',
      'WORKDIR /srv',
      'RUN apk add curl \\',
      '    # a comment in between',
      '    git',
      'FROM scratch AS other',
      'COPY x /other',
      'FROM base',
      'WORKDIR app',
      'COPY --chown=node:node package.json tsconfig.json ./',
      'ADD ["a b", "/var/www/"]',
      'RUN <<EOF',
      'COPY /not /this',
      'EOF',
      'user node',
    ].join('\n');
    expect(readDockerfile(text)).toEqual({
      base: 'node:22-alpine',
      workingDir: '/srv/app',
      written: ['/srv/app', '/var/www'],
      runs: ['apk add curl      git', '<<EOF'],
      user: 'node',
    });
    expect(readDockerfile(text, 'other')).toMatchObject({ base: 'scratch', written: ['/other'], runs: [] });
    expect(readDockerfile(text, '0')).toMatchObject({ base: 'node:22-alpine', written: [] });
    expect(readDockerfile(text, 'none')).toBeUndefined();
  });

  it('that writes where only the build knows says nothing of it', () => {
    expect(readDockerfile('FROM a\nARG TO\nCOPY x $TO/y\nCOPY one')).toMatchObject({ written: [] });
  });

  it('is read whatever it holds', () => {
    const words = fc.constantFrom(
      'FROM',
      'COPY',
      'USER',
      'RUN',
      'ENV',
      'AS',
      '\\',
      '<<E',
      'a',
      '/b',
      '..',
      '$X',
      '"',
      '[',
      '#',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(words), fc.option(fc.string(), { nil: undefined }), (text, target) => {
        const recipe = readDockerfile(text.join(' '), target);
        expect(recipe?.written.every((path) => path.startsWith('/')) ?? true).toBe(true);
      }),
    );
  });

  it.each([
    ['1000', 1000],
    ['1000:1000', 1000],
    ['1000:0', 1000],
    ['0', undefined],
    ['root', undefined],
    ['node', 1000],
    ['nonroot:nonroot', 65532],
    ['app', 1234],
    ['app:2000', 2000],
    ['other', 1000],
    ['$UID', 1000],
    ['', undefined],
  ])('with user %s gives its volumes the group %s', (user, group) => {
    const recipe = readDockerfile(`FROM alpine\nRUN addgroup app && adduser -D -u 1234 -G app app\nUSER ${user}\n`);
    expect(recipe && recipeGroup(recipe)).toBe(group);
  });
});
