import type { operations, OutputOf } from '@ushadow/contracts';
import type { SetAside } from '@ushadow/postgres';
import type { DeadLetterRow } from './dead-letter.store.ts';

type Letters = OutputOf<typeof operations.listDeadLetters>['dead_letters'];
type StoredLetter = DeadLetterRow & { readonly createdAt: Date };

/** Wake-ups that nobody could deal with, and messages that could never be sent: as they are answered, the newest first. */
export function newestLetters(letters: readonly StoredLetter[], setAside: readonly SetAside[], limit: number): Letters {
  const all = [...letters.map(fromLetter), ...setAside.map(fromSetAside)];
  return all.toSorted((one, other) => other.time.localeCompare(one.time)).slice(0, limit);
}

function fromLetter({ streamSequence, deploymentId, deliveries, reason, createdAt }: StoredLetter): Letters[number] {
  return {
    stream_sequence: streamSequence,
    message_id: null,
    deployment_id: deploymentId,
    deliveries,
    reason,
    time: createdAt.toISOString(),
  };
}

function fromSetAside({ id, kind, reason, at }: SetAside): Letters[number] {
  return {
    stream_sequence: null,
    message_id: id,
    deployment_id: null,
    deliveries: 0,
    reason: `${kind}: ${reason}`,
    time: at.toISOString(),
  };
}
