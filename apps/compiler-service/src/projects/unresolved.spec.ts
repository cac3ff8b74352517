import { describe, expect, it } from '@jest/globals';
import type { LoadedSource } from '../catalog/load-source.ts';
import { gatherText } from '../testing/gather-text.ts';
import { unresolvedPlaces } from './unresolved.ts';

function places(text: string, selected: readonly string[], typed: Readonly<Record<string, string>> = {}) {
  const { gathered } = gatherText(text, { typed });
  return unresolvedPlaces(gathered.loaded, gathered.services, new Set(selected)).map(
    ({ name, service, position }) => `${name} ${service ?? '-'} ${String(position?.line)}`,
  );
}

const text = `x-common: &common
  LEVEL: \${LEVEL}
services:
  a:
    image: i:\${TAG}
    build: {context: ., args: {V: "\${VERSION:?}"}}
    command: run \${ONE:-1} \${TWO:?say}
    environment:
      <<: *common
      URL: x://u:\${PW}@h
      OPTIONAL: \${NOT:-}
  b:
    image: i
    environment: ["LIST=\${OF_LIST:?}"]
    volumes: [rows:/d]
volumes:
  rows: {name: "\${VOLUME:?}"}
`;

describe('unresolvedPlaces', () => {
  it('names each place of the selection once: lines of the service, its environment, and what it uses', () => {
    expect(places(text, ['a'])).toEqual(['TAG a 5', 'TWO a 7', 'LEVEL a 2', 'PW a 10']);
    expect(places(text, ['b'])).toEqual(['VOLUME - 17', 'OF_LIST b 14']);
  });

  it('has nothing to say of what has a value, even an empty one where the file does not insist', () => {
    const typed = { TAG: '1', TWO: '2', LEVEL: '', PW: '' };
    expect(places(text, ['a'], typed)).toEqual([]);
    expect(places(text, ['a'], { ...typed, TWO: '' })).toEqual(['TWO a 7']);
    expect(places(text, ['b'], { VOLUME: 'v', OF_LIST: 'x' })).toEqual([]);
  });

  it('does not ask for what a typed variable makes superfluous', () => {
    expect(places(text, ['a'], { TAG: '1', TWO: '2', LEVEL: '', URL: 'x://whole' })).toEqual([]);
  });

  it('looks at each service once, however many parts of the project need a variable', () => {
    let looks = 0;
    const names = Array.from({ length: 300 }, (_, index) => String(index));
    const service = (source: string) => ({
      get volumes() {
        looks += 1;
        return [{ source }];
      },
    });
    const services = Object.fromEntries(names.map((name) => [name, service(name)]));
    const templates = names.map((name) => ({ path: `/volumes/${name}/name`, unset: ['X'], references: [] }));
    const loaded = { result: { project: { services }, templates } } as unknown as LoadedSource;
    expect(unresolvedPlaces(loaded, new Map(), new Set(names))).toHaveLength(names.length);
    expect(looks).toBe(names.length);
  });
});
