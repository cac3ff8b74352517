import { DomainError } from '@ushadow/contracts';
import { seal } from '@ushadow/secrets';

/** A box that the asking service alone can open. Throws INVALID_INPUT for something that is no public key. */
export function sealFor(recipient: string, text: string): string {
  try {
    return seal(text, recipient);
  } catch (cause) {
    throw new DomainError('INVALID_INPUT', 'invalid', 'recipient: not a public curve key (xkey)', { cause });
  }
}
