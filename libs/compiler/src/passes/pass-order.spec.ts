import { describe, expect, it } from '@jest/globals';
import type { Design, NamedDesign } from '../model/design.ts';
import { projectOf } from '../testing/compile-project.ts';
import { lowerProject } from '../lower/lower-project.ts';
import { beginNaming, draftDesign } from './draft-design.ts';
import type { Pass } from './pass.ts';

describe('stages', () => {
  it('a stage holds nothing that a later one decides, and its passes cannot read it', () => {
    const named = beginNaming(draftDesign(lowerProject(projectOf({ services: { web: {} } }))));
    // @ts-expect-error no file or volume has its place before everything has its name
    expect(named.services.map(({ mounts }) => mounts as unknown)).toEqual([undefined]);
    const late: Pass<Design> = { name: 'late', run: (design) => design };
    // @ts-expect-error a pass of the last stage is none of the first
    const early: Pass<NamedDesign> = late;
    expect(early).toBe(late);
  });
});
