import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../domain-error.ts';
import { createClient, type Fetch } from './client.ts';

const answering =
  (status: number, body: unknown): Fetch =>
  () =>
    Promise.resolve({ status, ok: status < 400, json: () => Promise.resolve(body) });

const newKey = () => 'a-new-key';

describe('createClient', () => {
  it('gives back the output that the contract describes', async () => {
    const client = createClient({ baseUrl: 'http://gateway', newKey, fetch: answering(200, []) });
    await expect(client.listClusters({})).resolves.toEqual([]);
  });

  it('throws the error of the envelope with its code and kind', async () => {
    const envelope = { code: 'CLUSTER_NOT_FOUND', kind: 'not-found', message: 'No cluster', retryable: false };
    const client = createClient({ baseUrl: '', newKey, fetch: answering(404, envelope) });
    await expect(client.getCluster({ cluster_id: '0123456789abcdef' })).rejects.toMatchObject({
      code: 'CLUSTER_NOT_FOUND',
      kind: 'not-found',
    });
  });

  it('keeps the request id of an error, under which the log has it', async () => {
    const envelope = { code: 'X', kind: 'unexpected', message: 'm', retryable: false, request_id: 'r-1' };
    const client = createClient({ baseUrl: '', newKey, fetch: answering(500, envelope) });
    await expect(client.listClusters({})).rejects.toMatchObject({ requestId: 'r-1' });
  });

  it('says so when the gateway cannot be reached', async () => {
    const client = createClient({ baseUrl: '', newKey, fetch: () => Promise.reject(new Error('refused')) });
    await expect(client.listClusters({})).rejects.toBeInstanceOf(DomainError);
    await expect(client.listClusters({})).rejects.toMatchObject({ code: 'GATEWAY_UNREACHABLE' });
  });

  it('names what starts something, and sends it again under the same name when its answer was lost', async () => {
    const sent: (string | undefined)[] = [];
    let count = 0;
    const client = createClient({
      baseUrl: '',
      newKey: () => `key-${String((count += 1))}`,
      fetch: (_, { headers }) => {
        sent.push(headers['idempotency-key']);
        return Promise.reject(new Error('reset'));
      },
    });
    const gone = { code: 'GATEWAY_UNREACHABLE' };
    const stop = { stack_id: '00000000-0000-4000-8000-000000000000', service: 'web' };
    await expect(client.stopService(stop)).rejects.toMatchObject(gone);
    await expect(client.stopService(stop)).rejects.toMatchObject(gone);
    await expect(client.listClusters({})).rejects.toMatchObject(gone);
    expect(sent).toEqual(['key-1', 'key-1', 'key-2', 'key-2', undefined]);
  });
});
