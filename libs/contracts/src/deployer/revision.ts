import { z } from 'zod';
import { deployment } from './deployment.ts';

/** A deployment as an entry of its stack's history. */
export const revision = deployment
  .extend({
    current: z.boolean().describe('What the stack was last brought to'),
    bad: z.boolean().describe('It failed, other than by a stale plan, or a rollback has left it'),
    offered: z
      .boolean()
      .describe('Going back to it makes sense: it was good and is kept, and is neither bad nor current'),
    content_digest: z
      .string()
      .nullable()
      .describe(
        'Keyed, over all objects that it has left the stack with: equal content, equal digest. null where that is a mixture, or not known yet',
      ),
    tags: z.array(z.string()).describe('Names that people gave it; with one it is kept'),
    based_on_revision: z.int().nullable().describe('Number of the revision in `based_on`, while its row is there'),
    kept: z.boolean().describe('False: it is older than is kept, and only its history is left'),
  })
  .meta({ id: 'Revision' });

export type RevisionData = z.infer<typeof revision>;
