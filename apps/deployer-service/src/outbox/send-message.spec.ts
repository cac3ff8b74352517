import { describe, expect, it } from '@jest/globals';
import { Unsendable, type Claimed } from '@ushadow/postgres';
import { sendMessage } from './send-message.ts';

const job: Claimed = {
  id: '00000000-0000-4000-8000-000000000001',
  kind: 'job',
  payload: { deployment_id: '00000000-0000-4000-8000-000000000002' },
  actor: 'a',
  requestId: 'r',
  aggregate: null,
};

function sending() {
  const stored: unknown[] = [];
  const keep = (data: unknown) => Promise.resolve(void stored.push(data));
  const send = sendMessage({ store: (_event, data) => keep(data) }, ({ id }) => keep(`entry ${id}`));
  return { send, stored };
}

describe('sendMessage', () => {
  it('stores a message under its own id', async () => {
    const { send, stored } = sending();
    await send(job);
    expect(stored).toEqual([job.payload]);
  });

  it('leaves entries of the audit to whoever knows their seals', async () => {
    const { send, stored } = sending();
    await send({ ...job, kind: 'audit' });
    expect(stored).toEqual([`entry ${job.id}`]);
  });

  it.each([
    ['another kind', { ...job, kind: 'toString' }],
    ['a field that is missing', { ...job, payload: {} }],
    ['no object', { ...job, payload: 'x' }],
  ])('gives up a message with %s for good, so that the others go on', async (_name, message) => {
    const { send, stored } = sending();
    await expect(send(message)).rejects.toBeInstanceOf(Unsendable);
    expect(stored).toEqual([]);
  });

  it('says which field does not fit, and never what stands in it', async () => {
    const { send } = sending();
    const payload = { deployment_id: ['hunter2'] };
    const error = await send({ ...job, payload }).catch((reason: unknown) => reason);
    expect(String(error)).toContain('deployment_id');
    expect(String(error)).not.toContain('hunter2');
  });

  it('leaves a bus that is away for later', async () => {
    const send = sendMessage({ store: () => Promise.reject(new Error('away')) }, () => Promise.resolve());
    await expect(send(job)).rejects.not.toBeInstanceOf(Unsendable);
  });
});
