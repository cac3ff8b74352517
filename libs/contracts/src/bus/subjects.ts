import type { BusUser, Operation } from '../define-operation.ts';
import type { EventDefinition } from '../define-event.ts';

/** Where a caller sends its request. Who asks for something secret says so in the subject, which its user alone may use. */
export function requestSubject({ subject, sealed }: Pick<Operation, 'subject' | 'sealed'>, caller: BusUser): string {
  return isAnswerSealed(sealed) ? `${subject}.${caller}` : subject;
}

/** Where the service that answers listens. */
export function handledSubject({ subject, sealed }: Pick<Operation, 'subject' | 'sealed'>): string {
  return isAnswerSealed(sealed) ? `${subject}.*` : subject;
}

/** Where an event is sent and heard; `*` for those of every key. */
export function eventSubject({ subject, key }: Pick<EventDefinition, 'subject' | 'key'>, of = '*'): string {
  return key === undefined ? subject : `${subject}.${of}`;
}

/** What the answers to a user's own requests come to begins with this; no other user may listen there. */
export function inboxPrefix(user: string): string {
  return `_INBOX_${user}`;
}

export function isRequestSealed(sealed: Operation['sealed'] | undefined): boolean {
  return sealed?.includes('request') ?? false;
}

export function isAnswerSealed(sealed: Operation['sealed'] | undefined): boolean {
  return sealed?.includes('answer') ?? false;
}
