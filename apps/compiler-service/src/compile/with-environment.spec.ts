import { expect, it } from '@jest/globals';
import type { ComposeProject } from '@ushadow/compose';
import { withEnvironments } from './with-environment.ts';

it('a step before the start keeps its own variables, and none of what its service had from the files', () => {
  const project = {
    name: 'shop',
    services: {
      web: {
        image: 'web',
        command: null,
        entrypoint: null,
        environment: { PASSWORD: 'of the file', MODE: 'a' },
        pre_start: [
          { command: ['x'], entrypoint: null, environment: { PASSWORD: 'of the file', MODE: 'b', BARE: null } },
        ],
      },
    },
    disabledServices: {},
    networks: {},
    volumes: {},
    configs: {},
    secrets: {},
    models: {},
  } satisfies ComposeProject;
  const winner = { value: 'typed' };
  const environments = new Map([['web', { variables: [{ name: 'PASSWORD', winner }] }]]) as unknown as Parameters<
    typeof withEnvironments
  >[1];
  const { web } = withEnvironments(project, environments).services;
  expect(web?.environment).toEqual({ PASSWORD: 'typed' });
  expect(web?.pre_start?.[0]?.environment).toEqual({ MODE: 'b' });
});
