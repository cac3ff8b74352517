import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixtures, fixturesMissing } from '@ushadow/compose/testing';
import type { TemplateInput } from '../src/index.ts';

/** The templates of the fixtures; none where there are no fixtures. */
export const EXAMPLES = fixturesMissing === undefined ? [...coolifyExamples(), ...dokployExamples()] : [];

function coolifyExamples(): readonly TemplateInput[] {
  const folder = join(fixtures, 'templates/coolify');
  return readdirSync(folder)
    .filter((file) => /\.ya?ml$/.test(file))
    .map((file) => ({
      name: file.replace(/\.ya?ml$/, ''),
      files: { [file]: readFileSync(join(folder, file), 'utf8') },
    }));
}

/** Their two files lie apart. */
function dokployExamples(): readonly TemplateInput[] {
  const folder = join(fixtures, 'templates/dokploy');
  return readdirSync(folder).map((name) => ({
    name,
    files: {
      'template.toml': readFileSync(join(folder, name, 'template.toml'), 'utf8'),
      'docker-compose.yml': readFileSync(join(fixtures, 'realworld/dokploy', name, 'docker-compose.yml'), 'utf8'),
    },
  }));
}
