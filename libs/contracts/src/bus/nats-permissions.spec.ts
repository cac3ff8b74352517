import { describe, expect, it } from '@jest/globals';
import { auditedServices } from '../audit/audit-entry.ts';
import type { EventDefinition } from '../define-event.ts';
import type { BusUser, Operation } from '../define-operation.ts';
import { events, operations } from '../registry.ts';
import { natsPermissions, natsUsers } from './nats-permissions.ts';
import { handledSubject, isAnswerSealed, requestSubject } from './subjects.ts';

const all = Object.values(operations as unknown as Readonly<Record<string, Operation>>);
const allEvents = Object.values(events as unknown as Readonly<Record<string, EventDefinition>>);
const services = natsUsers.filter((user) => user !== 'installer');

/** Whether a pattern of NATS covers a subject or another pattern. */
function covers(pattern: string, subject: string): boolean {
  const [wanted, given] = [pattern.split('.'), subject.split('.')];
  for (const [at, token] of wanted.entries()) {
    if (token === '>') return given.length > at;
    if (given[at] === undefined || (token !== '*' && token !== given[at])) return false;
  }
  return wanted.length === given.length;
}
const may = (patterns: readonly string[], subject: string): boolean => patterns.some((each) => covers(each, subject));

describe('the rights of a user', () => {
  it('let a request be sent by those who may call it and heard by the service that answers, and by nobody else', () => {
    for (const operation of all) {
      for (const user of natsUsers) {
        const { publish, subscribe } = natsPermissions(user);
        const isCaller = operation.callers.includes(user as BusUser);
        expect(may(publish, requestSubject(operation, user as BusUser))).toBe(isCaller);
        expect(may(subscribe, handledSubject(operation))).toBe(user === operation.service);
      }
    }
  });

  it('let nobody ask for something secret in the name of another', () => {
    for (const operation of all.filter(({ sealed }) => isAnswerSealed(sealed)))
      for (const user of natsUsers)
        for (const other of services.filter((each) => each !== user))
          expect(may(natsPermissions(user).publish, requestSubject(operation, other))).toBe(false);
  });

  it('let an event be sent by its publisher and a live one be heard by its listeners, and by nobody else', () => {
    for (const { subject, key, publisher, listeners, delivery } of allEvents) {
      const one = key === undefined ? subject : `${subject}.some-id`;
      for (const user of natsUsers) {
        const { publish, subscribe } = natsPermissions(user);
        expect(may(publish, one)).toBe(user === publisher);
        expect(may(subscribe, one)).toBe(delivery === 'live' && listeners.includes(user as BusUser));
      }
    }
  });

  it('give nobody the inbox of another: answers go where the request came from', () => {
    for (const user of natsUsers) {
      const { publish, subscribe } = natsPermissions(user);
      for (const other of natsUsers) {
        expect(may(subscribe, `_INBOX_${other}.x`)).toBe(other === user);
        expect(may(publish, `_INBOX_${other}.x`)).toBe(false);
      }
      expect(may(subscribe, '_INBOX.x')).toBe(false);
    }
  });

  it('let jobs be taken and acknowledged by the deployer alone', () => {
    const taking = [
      '$JS.API.CONSUMER.MSG.NEXT.USHADOW_DEPLOY.deployer-workers',
      '$JS.ACK.USHADOW_DEPLOY.deployer-workers.1.2.3.4.0',
      '$JS.ACK.domain.account.USHADOW_DEPLOY.deployer-workers.1.2.3.4.0.token',
    ];
    for (const subject of taking)
      for (const user of natsUsers) expect(may(natsPermissions(user).publish, subject)).toBe(user === 'deployer');
  });

  it('let streams be made by the installer alone, and be deleted, emptied or listed by nobody', () => {
    const making = ['STREAM.CREATE.USHADOW_DEPLOY', 'CONSUMER.CREATE.USHADOW_DEPLOY.deployer-workers'];
    const never = [
      ...['STREAM.DELETE.USHADOW_DEPLOY', 'STREAM.PURGE.USHADOW_DEPLOY', 'STREAM.NAMES', 'STREAM.LIST', 'INFO'],
      ...['CONSUMER.CREATE.USHADOW_AUDIT.x', 'CONSUMER.DELETE.USHADOW_DEPLOY.deployer-workers'],
      ...['STREAM.MSG.GET.USHADOW_AUDIT', 'CONSUMER.MSG.NEXT.USHADOW_DEPLOY.other', 'STREAM.CREATE.OTHER'],
    ];
    for (const user of natsUsers) {
      const { publish } = natsPermissions(user);
      for (const each of making) expect(may(publish, `$JS.API.${each}`)).toBe(user === 'installer');
      for (const each of never) expect(may(publish, `$JS.API.${each}`)).toBe(false);
    }
  });

  it('let the audit be read back by the service whose trail it is, and nothing else of that stream', () => {
    for (const service of auditedServices) {
      for (const subject of [`${service}.recorded.7`, `${service}.anchored`]) {
        const asked = `$JS.API.DIRECT.GET.USHADOW_AUDIT.ushadow.v1.audit.${subject}`;
        for (const user of natsUsers) expect(may(natsPermissions(user).publish, asked)).toBe(user === service);
      }
    }
    for (const user of natsUsers)
      expect(may(natsPermissions(user).publish, '$JS.API.DIRECT.GET.USHADOW_AUDIT')).toBe(false);
  });

  it('never begin with a wildcard, and have one only where an id, a caller or a message stands', () => {
    for (const user of natsUsers) {
      const { publish, subscribe } = natsPermissions(user);
      for (const subject of [...publish, ...subscribe])
        expect(subject).toMatch(/^(\$SYS|\$JS|ushadow\.v1\.|_INBOX_[a-z]+)/);
    }
  });

  it('let a service answer for as long as its slowest operation takes', () => {
    for (const user of natsUsers) {
      const longest = Math.max(0, ...all.filter(({ service }) => service === user).map(({ deadlineMs }) => deadlineMs));
      const { responses } = natsPermissions(user);
      if (longest === 0) expect(responses).toBeUndefined();
      else expect((responses?.seconds ?? 0) * 1_000).toBeGreaterThan(longest);
    }
  });
});
