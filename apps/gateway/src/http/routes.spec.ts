import { describe, expect, it } from '@jest/globals';
import { httpOperations, type HttpOperation } from '@ushadow/contracts';
import { bySpecificity } from './operation-controller.ts';
import { readInput } from './read-input.ts';
import { unknownId } from './unknown-id.ts';

const operation = (name: string): HttpOperation => httpOperations[name] as HttpOperation;

describe('routes', () => {
  it('registers fixed paths before parameters, so that `clusters` and `services` are never taken for ids', () => {
    const paths = Object.values(httpOperations)
      .sort(bySpecificity)
      .map((each) => each.http.path);
    const firstParameter = paths.findIndex((path) => path.startsWith('/api/kubernetes/:'));
    const lastFixed = paths.findLastIndex((path) => /^\/api\/kubernetes\/(clusters|services)/.test(path));
    expect(lastFixed).toBeLessThan(firstParameter);
  });

  it('reads the query of a GET and the body of a POST, and lets the path win', () => {
    const request = {
      params: { cluster_id: 'path' },
      query: { limit: '5' },
      body: { service_id: 'a', cluster_id: 'body' },
      headers: {},
    };
    expect(readInput(operation('startDeployment').http, request)).toEqual({ service_id: 'a', cluster_id: 'path' });
    expect(readInput(operation('listDeployments').http, request)).toEqual({ limit: '5' });
  });

  it('reads a body that is no object as an empty one', () => {
    expect(readInput(operation('registerCluster').http, { params: {}, query: {}, body: ['x'], headers: {} })).toEqual(
      {},
    );
  });

  it('hands on a request that is signed as it came: its bytes, and of its headers those that say how', () => {
    const request = {
      params: { token: 't' },
      query: {},
      body: Buffer.from('{ "a":1 }'),
      headers: { 'webhook-id': 'm1', cookie: 'no' },
    };
    expect(readInput(operation('callHook').http, request)).toEqual({
      token: 't',
      headers: { 'webhook-id': 'm1' },
      body: Buffer.from('{ "a":1 }').toString('base64'),
    });
  });

  it('answers not-found for an id that no id can look like, and leaves other mistakes to the contract', () => {
    const get = operation('getCluster');
    const bad = get.input.safeParse({ cluster_id: 'nope' });
    expect(unknownId(get, bad.error as never)?.code).toBe('CLUSTER_NOT_FOUND');
    const deploy = operation('startDeployment');
    const wrong = deploy.input.safeParse({ cluster_id: '0123456789abcdef', service_id: '' });
    expect(unknownId(deploy, wrong.error as never)).toBeUndefined();
  });
});
