import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../domain-error.ts';
import { createClient, type Fetch } from './client.ts';

const answering =
  (status: number, body: unknown): Fetch =>
  () =>
    Promise.resolve({ status, ok: status < 400, json: () => Promise.resolve(body) });

describe('createClient', () => {
  it('gives back the output that the contract describes', async () => {
    const client = createClient({ baseUrl: 'http://gateway', fetch: answering(200, []) });
    await expect(client.listClusters({})).resolves.toEqual([]);
  });

  it('throws the error of the envelope with its code and kind', async () => {
    const envelope = { code: 'CLUSTER_NOT_FOUND', kind: 'not-found', message: 'No cluster', retryable: false };
    const client = createClient({ baseUrl: '', fetch: answering(404, envelope) });
    await expect(client.getCluster({ cluster_id: '0123456789abcdef' })).rejects.toMatchObject({
      code: 'CLUSTER_NOT_FOUND',
      kind: 'not-found',
    });
  });

  it('keeps the request id of an error, under which the log has it', async () => {
    const envelope = { code: 'X', kind: 'unexpected', message: 'm', retryable: false, request_id: 'r-1' };
    const client = createClient({ baseUrl: '', fetch: answering(500, envelope) });
    await expect(client.listClusters({})).rejects.toMatchObject({ requestId: 'r-1' });
  });

  it('says so when the gateway cannot be reached', async () => {
    const client = createClient({ baseUrl: '', fetch: () => Promise.reject(new Error('refused')) });
    await expect(client.listClusters({})).rejects.toBeInstanceOf(DomainError);
    await expect(client.listClusters({})).rejects.toMatchObject({ code: 'GATEWAY_UNREACHABLE' });
  });
});
