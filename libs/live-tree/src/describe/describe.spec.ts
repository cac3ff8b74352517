import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalYaml, encodeBase64 } from '@ushadow/kubernetes';
import { kube } from '../../testing/objects.ts';
import { configKeys, secretValue } from './config-keys.ts';
import { MASK } from './mask-secret.ts';
import { shownObject } from './shown-object.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

describe('an object as it is shown', () => {
  it('R105 has its managers folded to who they are', () => {
    const managedFields = [
      { manager: 'ushadow', operation: 'Apply', time: '2026-01-01T00:00:00Z', fieldsV1: { 'f:spec': {} } },
    ];
    const { object, managers } = shownObject(kube('Deployment', 'web', { metadata: { managedFields } }));
    expect(canonicalYaml(object)).not.toContain('managedFields');
    expect(managers).toEqual([{ manager: 'ushadow', operation: 'Apply', subresource: '', at: '2026-01-01T00:00:00Z' }]);
  });

  it('R108 has the keys of a Secret and none of its values, wherever they stand', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 6 }).filter((text) => text.trim().length >= 6 && !MASK.includes(text)),
        (value) => {
          const data = { password: encodeBase64(value) };
          const applied = JSON.stringify({ kind: 'Secret', data, stringData: { password: value } });
          const secret = kube('Secret', 'web', {
            data,
            stringData: { password: value },
            metadata: { annotations: { [LAST_APPLIED]: applied, 'tool.example/copy': `x ${value}`, note: 'kept!' } },
          });
          const { object } = shownObject(secret);
          const text = JSON.stringify({ ...object, metadata: { ...object.metadata, name: '' } });
          expect(text).not.toContain(JSON.stringify(value).slice(1, -1));
          expect(text).not.toContain(data.password);
          expect(object).toMatchObject({ data: { password: MASK }, metadata: { annotations: { note: 'kept!' } } });
        },
      ),
    );
  });

  it('R108 masks a Secret that stands in what was applied with another object', () => {
    const applied = JSON.stringify({ kind: 'List', items: [{ kind: 'Secret', data: { key: 'c2VjcmV0' } }] });
    const { object } = shownObject(
      kube('ConfigMap', 'web', { metadata: { annotations: { [LAST_APPLIED]: applied } } }),
    );
    expect(object.metadata.annotations?.[LAST_APPLIED]).toBe(applied.replace('c2VjcmV0', MASK));
  });
});

describe('configuration', () => {
  it('R108 is listed by its keys and their sizes', () => {
    expect(configKeys(kube('ConfigMap', 'web', { data: { B: 'é', A: 'x' }, binaryData: { C: 'AAAA' } }))).toEqual([
      { key: 'A', bytes: 1 },
      { key: 'B', bytes: 2 },
      { key: 'C', bytes: 3 },
    ]);
    expect(configKeys(kube('Secret', 'web', { data: { A: encodeBase64('secret') } }))).toEqual([
      { key: 'A', bytes: 6 },
    ]);
  });

  it('R108 gives the value of one key of a Secret, as text where it is one', () => {
    const secret = kube('Secret', 'web', { data: { text: encodeBase64('hello'), raw: '/w==' } });
    expect(secretValue(secret, 'text')).toEqual({ value: 'hello', encoding: 'text' });
    expect(secretValue(secret, 'raw')).toEqual({ value: '/w==', encoding: 'base64' });
    expect(secretValue(secret, 'constructor')).toBeUndefined();
  });
});
