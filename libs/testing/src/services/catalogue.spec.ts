import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { repositoryRoot } from '../isolation/test-environment.ts';
import { SERVICES } from './catalogue.ts';

describe('the flags a service is started with', () => {
  it.each(SERVICES.map((service) => [service.name, service] as const))(
    '%s: are those of its own start script, in which its memory is measured',
    (_name, { entry, nodeFlags = [] }) => {
      const file = join(repositoryRoot(), dirname(dirname(entry)), 'package.json');
      const { scripts } = JSON.parse(readFileSync(file, 'utf8')) as { scripts: { start: string } };
      const flags = scripts.start.split(' ').filter((part) => part.startsWith('--') && part !== '--enable-source-maps');
      expect(flags).toEqual(nodeFlags);
    },
  );
});
