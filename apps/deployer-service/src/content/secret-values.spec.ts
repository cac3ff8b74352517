import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { secretValuesOf } from './secret-values.ts';

const object = (kind: string, more: object) =>
  ({
    object: { apiVersion: 'v1', kind, metadata: { name: 'x' }, ...more } as unknown as KubeObject,
    services: [],
  }) as const;
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('the secret values of contents', () => {
  it('are those of their Secrets and what else is masked in them, each once, and nothing of what is no secret', () => {
    const content = {
      objects: [
        object('Secret', { data: { PASSWORD: base64('hunter2-grün') }, stringData: { TOKEN: 'in-clear' } }),
        object('ConfigMap', { data: { MODE: base64('public') } }),
        object('Secret', {}),
      ],
      masks: ['in-a-command', ''],
    };
    const again = { objects: [object('Secret', { data: { OTHER: base64('hunter2-grün') } })] };
    expect(secretValuesOf([content, again]).sort()).toEqual(['hunter2-grün', 'in-a-command', 'in-clear']);
  });

  it('are also the passwords in addresses, as they are written and as they are meant', () => {
    const valuesIn = (value: string) =>
      secretValuesOf([{ objects: [object('Secret', { stringData: { URL: value } })] }]);
    expect(valuesIn('postgres://app:p%40ss-word@db:5432/app')).toEqual([
      'postgres://app:p%40ss-word@db:5432/app',
      'p%40ss-word',
      'p@ss-word',
    ]);
    expect(valuesIn('redis://:only-a-password@cache')).toContain('only-a-password');
    expect(valuesIn('amqp://u:100%@mq')).toEqual(['amqp://u:100%@mq', '100%']);
    for (const value of ['https://example.org/a:b@c', 'user:not-an-address@x'])
      expect(valuesIn(value)).toEqual([value]);
  });
});
