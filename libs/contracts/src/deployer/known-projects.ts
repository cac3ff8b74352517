import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { projectName } from '../fields.ts';

/** Asked about at once. */
export const KNOWN_PROJECTS_MAX = 1_000;

export const knownProjects = defineOperation({
  service: 'deployer',
  name: 'known-projects',
  summary: 'Which of some projects any stack, plan or deployment is of, in whatever cluster, its history included',
  callers: ['compiler'],
  access: { role: 'service', scope: 'installation' },
  audit: 'none',
  input: z.strictObject({ projects: z.array(projectName).max(KNOWN_PROJECTS_MAX) }),
  output: z.object({
    known: z.array(z.string()),
    deployed: z.array(z.string()).describe('Those that have something in a cluster, or are about to'),
  }),
  errors: {},
});
