import { describe, expect, it } from '@jest/globals';
import { gatherText } from '../testing/gather-text.ts';
import { maskValues } from './mask-values.ts';
import { secretValues } from './secret-values.ts';

const text = `services:
  a: {image: i, command: "run \${DB_PASSWORD} \${LEVEL}", environment: {API_KEY: "\${KEY:-postgres}"}}
  b: {image: i, labels: {x: "\${DB_PASSWORD}"}}
`;
const { gathered } = gatherText(text, { typed: { DB_PASSWORD: 'onlysmalllettersherexq', LEVEL: 'information' } });

describe('secret values', () => {
  it('are those of secret names and variables, without words that stand in texts by themselves', () => {
    expect(secretValues(gathered.chosen, gathered.services)).toEqual(['onlysmalllettersherexq']);
  });

  it('are masked wherever in an object they stand', () => {
    const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { args: ['run top-secret now'] } };
    const masked = maskValues(['top-secret'])(object);
    expect(JSON.stringify(masked)).not.toContain('top-secret');
    expect(masked).toMatchObject({
      kind: 'Pod',
      metadata: { name: 'a' },
      spec: { args: [expect.stringMatching(/^run .+ now$/)] },
    });
  });
});
