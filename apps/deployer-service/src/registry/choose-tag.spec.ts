import { describe, expect, it } from '@jest/globals';
import { newestTag } from './choose-tag.ts';
import { imageText, readImageName } from './image-name.ts';

const tags = [
  'latest',
  '1.27',
  '1.27.3',
  '1.27.10',
  '1.28.0',
  '1.28',
  '1.28.0-alpine',
  '2.0.0',
  'v3.0.0',
  '1.29.0-rc1',
  '1',
];

describe('a newer tag', () => {
  it.each([
    ['1.27.3', 'patch', '1.27.10'],
    ['1.27.3', 'minor', '1.28.0'],
    ['1.27.3', 'major', '2.0.0'],
    ['1.27', 'minor', '1.28'],
    ['1.27.0-alpine', 'minor', '1.28.0-alpine'],
    ['2.0.0', 'minor', '2.0.0'],
    ['1', 'minor', '1'],
    ['9.9.9', 'major', '9.9.9'],
  ] as const)('of %s by the rule %s is %s', (tag, rule, newest) => {
    expect(newestTag(tag, tags, rule)).toBe(newest);
  });

  it('is not known of what is no version', () => {
    for (const tag of ['latest', 'stable', 'sha-0a1b2c']) expect(newestTag(tag, tags, 'major')).toBeUndefined();
  });

  it('is never found by comparing text: 10 comes after 9', () => {
    expect(newestTag('1.9.0', ['1.10.0', '1.9.9'], 'minor')).toBe('1.10.0');
  });
});

describe('the name of an image', () => {
  const digest = `sha256:${'a'.repeat(64)}`;

  it.each([
    ['nginx', 'registry-1.docker.io', 'library/nginx', undefined],
    ['docker.io/grafana/loki:3', 'registry-1.docker.io', 'grafana/loki', '3'],
    ['ghcr.io/a/b/c:v1@' + digest, 'ghcr.io', 'a/b/c', 'v1'],
    ['localhost:5000/x', 'localhost:5000', 'x', undefined],
    ['registry.local/x@' + digest, 'registry.local', 'x', undefined],
  ])('%s is asked for at %s as %s', (image, host, repository, tag) => {
    expect(readImageName(image)).toMatchObject({ host, repository, tag });
  });

  it('is refused where it could lead elsewhere', () => {
    for (const image of ['a/../b', 'user@host/x', 'http://x/y', 'x/y?z', 'X/Y', ''])
      expect(readImageName(image)).toBeUndefined();
  });

  it('keeps its spelling with another tag', () => {
    const name = readImageName('nginx:1.27');
    expect(imageText(name!, '1.28', digest)).toBe(`nginx:1.28@${digest}`);
  });
});
