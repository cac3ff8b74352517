import { describe, expect, it } from '@jest/globals';
import { clusterTarget, DomainError, type StackPlaceData } from '@ushadow/contracts';
import type { BusConnection, EventBus } from '@ushadow/messaging';
import type { OperationsConfig } from '../config.ts';
import type { StackPlaces } from '../stacks/stack-places.ts';
import type { Policies } from './policies.ts';
import { Sessions } from './sessions.ts';

const place = {
  ...{ stack_id: 'stack', target: clusterTarget('cluster'), namespace: 'shop', project: 'shop' },
  services: [{ service: 'web' }],
} as unknown as StackPlaceData;

function sessionsWhere(answers: { policy?: () => Promise<void>; place?: () => Promise<StackPlaceData> }): Sessions {
  return new Sessions(
    { SHELL_IDLE_SECONDS: 60, SHELL_SECONDS_MAX: 60 } as OperationsConfig,
    { ownContext: () => ({ requestId: 'r', actor: 'service:operations' }) } as BusConnection,
    {} as EventBus,
    { require: answers.policy ?? (() => Promise.resolve()) } as unknown as Policies,
    { find: answers.place ?? (() => Promise.resolve(place)) } as unknown as StackPlaces,
  );
}
const begin = async (sessions: Sessions): Promise<void> => {
  using session = sessions.start('exec', place, 'web');
  await session.allowed;
};

describe('a session that is fetched', () => {
  it('begins where it is allowed', async () => {
    await begin(sessionsWhere({}));
  });

  it.each([
    ['its policy was switched off', new DomainError('POLICY_REFUSED', 'forbidden', 'switched off')],
    ['its stack was removed', new DomainError('STACK_NOT_FOUND', 'not-found', 'gone')],
  ])('does not begin when %s since it was asked for', async (_, error) => {
    await expect(begin(sessionsWhere({ policy: () => Promise.reject(error) }))).rejects.toBe(error);
  });

  it('does not begin in a service that was removed since it was asked for', async () => {
    const removed = sessionsWhere({ place: () => Promise.resolve({ ...place, services: [] }) });
    await expect(begin(removed)).rejects.toMatchObject({ code: 'SERVICE_NOT_DEPLOYED' });
  });

  it('begins when that cannot be asked now: it was allowed a moment ago', async () => {
    const away = new DomainError('SERVICE_UNAVAILABLE', 'unavailable', 'away');
    await begin(sessionsWhere({ policy: () => Promise.reject(away) }));
  });
});
