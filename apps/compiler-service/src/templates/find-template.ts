import { DomainError } from '@ushadow/contracts';
import type { Gallery, ListedTemplate } from './gallery.ts';

/** The template that an id or a name means. Throws TEMPLATE_NOT_FOUND or TEMPLATE_AMBIGUOUS. */
export async function findTemplate(gallery: Gallery, id: string): Promise<ListedTemplate> {
  const [first, ...more] = await gallery.find(id);
  if (first === undefined)
    throw new DomainError('TEMPLATE_NOT_FOUND', 'not-found', `The gallery has no template ${id}.`);
  if (more.length === 0) return first;
  const ids = [first, ...more].map(({ found }) => found.id).join(' and ');
  throw new DomainError('TEMPLATE_AMBIGUOUS', 'conflict', `There are ${ids}: say which.`);
}
