import { describe, expect, it } from '@jest/globals';
import { permissionLines } from './permission-lines.ts';

describe('permissionLines', () => {
  it('gathers the verbs of a resource in a namespace, and names its group', () => {
    expect(
      permissionLines([
        { verb: 'create', group: 'apps', resource: 'deployments', namespace: 'shop' },
        { verb: 'create', group: '', resource: 'secrets', namespace: 'shop' },
        { verb: 'patch', group: 'apps', resource: 'deployments', namespace: 'shop' },
        { verb: 'get', group: '', resource: 'namespaces', namespace: '' },
      ]),
    ).toEqual(['deployments.apps in shop: create, patch', 'secrets in shop: create', 'namespaces everywhere: get']);
  });
});
