import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clusterTarget, type NotificationData } from '@ushadow/contracts';
import { randomUUID } from 'node:crypto';
import { Notifying } from './testing/notifying.ts';
import { Receiver } from './testing/receiver.ts';
import { until } from './testing/until.ts';

const CLUSTER = '0123456789abcdef';

interface Told {
  readonly type: string;
  readonly data: Pick<NotificationData, 'title' | 'text' | 'facts' | 'target'>;
}

describe('notifications of drift', () => {
  let notifying: Notifying;
  let receiver: Receiver;
  const place = {
    stack_id: randomUUID(),
    target: clusterTarget(CLUSTER),
    namespace: 'shop',
    project: 'shop',
    revision: 3,
  };
  const since = '2026-01-02T03:04:05.000Z';
  const drift = (...fields: readonly string[]) => ({
    ...{ ...place, since, count: 1 },
    objects: [{ object: 'Deployment/shop/web', state: 'changed' as const, fields: [...fields], managers: ['kubectl'] }],
  });
  const told = (path: string): Told[] => receiver.at(path).map(({ body }) => JSON.parse(body) as Told);

  beforeAll(async () => {
    [notifying, receiver] = await Promise.all([Notifying.start(import.meta.url), Receiver.start()]);
    const rules = [{ events: ['stack.drifted' as const, 'stack.in-sync' as const] }];
    await notifying.channel('drift', { kind: 'webhook', url: `${receiver.url}/drift`, rules });
    const other = [{ events: ['stack.drifted' as const], stack_id: randomUUID() }];
    await notifying.channel('other', { kind: 'webhook', url: `${receiver.url}/other`, rules: other });
  }, 60_000);
  afterAll(async () => {
    receiver?.stop();
    await notifying?.stop();
  }, 60_000);

  it('say what is not as it was deployed, since when and by whom, and never a value', async () => {
    notifying.drifts(drift('spec.replicas', 'spec.paused'));
    const [first] = await until(() => (told('/drift').length === 1 ? told('/drift') : undefined));
    expect(first).toMatchObject({
      type: 'stack.drifted',
      data: {
        title: `shop on ${CLUSTER} has drifted: an object is not as deployed`,
        text: 'Deployment/shop/web is changed: spec.replicas, spec.paused.',
        target: clusterTarget(CLUSTER),
      },
    });
    expect(first?.data.facts).toEqual(
      expect.arrayContaining([
        { name: 'Since', value: since },
        { name: 'By', value: 'kubectl' },
        { name: 'Revision', value: '3' },
      ]),
    );
  });

  it('come once for the same fields, whoever finds them in whatever order, and again for others', async () => {
    notifying.drifts(drift('spec.paused', 'spec.replicas'));
    notifying.drifts(drift('spec.replicas', 'spec.paused'));
    notifying.drifts(drift('spec.replicas'));
    await until(() => (told('/drift').length === 2 ? true : undefined));
    expect(told('/drift')[1]?.data.text).toBe('Deployment/shop/web is changed: spec.replicas.');
  });

  it('say once that it is over, and go to nobody who has asked for another stack', async () => {
    const resolved = { ...place, since };
    notifying.isInSync(resolved);
    notifying.isInSync(resolved);
    const [, , over] = await until(() => (told('/drift').length === 3 ? told('/drift') : undefined));
    expect(over).toMatchObject({ type: 'stack.in-sync', data: { text: `It had drifted since ${since}.` } });
    notifying.drifts({ ...drift('spec.replicas'), since: '2026-02-02T03:04:05.000Z' });
    await until(() => (told('/drift').length === 4 ? true : undefined));
    expect(told('/drift').map(({ type }) => type)).toEqual([
      ...['stack.drifted', 'stack.drifted', 'stack.in-sync', 'stack.drifted'],
    ]);
    expect(told('/other')).toEqual([]);
  });
});
