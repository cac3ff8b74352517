import { describe, expect, it } from '@jest/globals';
import { designProject } from '../testing/design-project.ts';

describe('choose-waits', () => {
  it('takes conditions from depends_on, and order from links', () => {
    const { of } = designProject({
      services: {
        a: {},
        b: {},
        c: { links: ['a'], depends_on: { b: { condition: 'service_healthy', required: true, restart: true } } },
      },
    });
    expect(of('c').waits.map(({ service, condition, restart }) => [service, condition, restart])).toEqual([
      ['a', 'started', false],
      ['b', 'ready', true],
    ]);
  });

  it('names the circle, and what is missing unless it may be', () => {
    const on = (service: string, required = true) => ({
      depends_on: { [service]: { condition: 'service_started' as const, required } },
    });
    expect(designProject({ services: { a: on('b'), b: on('c'), c: on('a') } }).codes).toEqual([
      'CMP0601 /services/a/depends_on',
    ]);
    expect(designProject({ services: { a: on('gone'), b: on('gone', false) } }).codes).toEqual([
      'CMP0602 /services/a/depends_on/gone',
    ]);
  });
});
