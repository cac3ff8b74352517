import { describe, expect, it } from '@jest/globals';
import { designProject } from '../testing/design-project.ts';

describe('split-secrets', () => {
  it('R25: divides by the one judge, and by what values are made of', () => {
    const { of } = designProject({
      services: {
        web: {
          environment: {
            COLOUR: 'blue',
            DB_PASSWORD: 'Hunter-2!',
            DSN: 'host=db pass Hunter-2!',
            NEO4J_AUTH: 'neo4j/x',
          },
        },
        api: { environment: { COPY: 'Hunter-2!' } },
      },
    });
    expect(of('web').environment.plain.map(({ name }) => name)).toEqual(['COLOUR']);
    expect(of('web').environment.secret.map(({ name }) => name)).toEqual(['DB_PASSWORD', 'DSN', 'NEO4J_AUTH']);
    expect(of('api').environment.secret.map(({ name }) => name)).toEqual(['COPY']);
  });

  it('S22: a value interpolated from a secret variable is secret', () => {
    const declared = {
      web: [
        {
          name: 'ANY',
          template: '${DB_PASSWORD}',
          origin: 'environment' as const,
          references: [{ name: 'DB_PASSWORD', kind: 'plain' as const, emptyCountsAsUnset: false }],
        },
      ],
    };
    const { of } = designProject({ services: { web: { environment: { ANY: 'x' } } } }, { input: { declared } });
    expect(of('web').environment.secret.map(({ name }) => name)).toEqual(['ANY']);
  });

  it('a person overrules the judge either way', () => {
    const environment = { web: { A: { value: '1', secret: true }, PASSWORD: { value: 'x', secret: false } } };
    const { of } = designProject({ services: { web: {} } }, { input: { environment } });
    expect(
      [of('web').environment.plain, of('web').environment.secret].map((set) => set.map(({ name }) => name)),
    ).toEqual([['PASSWORD'], ['A']]);
  });

  it('gives names that no set can hold one by one, and refuses what no container takes', () => {
    const { of, codes } = designProject({ services: { web: { environment: { 'a b': '1', '9': '2', 'x=y': '3' } } } });
    expect(of('web').environment.inline.map(({ name }) => name)).toEqual(['9', 'a b']);
    expect(codes).toEqual(['CMP0301 /services/web/environment/x=y']);
  });
});
