import { publicOperations } from '@ushadow/contracts';
import { fieldErrors } from '../../../api/field-errors.ts';

const nameInput = publicOperations.uploadProject.input.pick({ name: true });

/** What the contract has against a name; undefined when it fits. */
export function nameError(name: string): string | undefined {
  return fieldErrors(nameInput, { name })['name'];
}

/** A name that the contract takes, as near to the given one as it can be; empty when nothing is left of it. */
export function suggestName(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .slice(0, 63)
    .replaceAll(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
}
