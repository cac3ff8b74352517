import { describe, expect, it } from '@jest/globals';
import { designProject } from '../testing/design-project.ts';

describe('isolate-networks', () => {
  const project = {
    services: { a: { networks: { front: null, back_end: null } }, b: { networks: { front: null } } },
    networks: { front: {}, back_end: { internal: true } },
  };

  it('does nothing unless asked', () => {
    expect([designProject(project).design.isolation, designProject(project).of('a').networks]).toEqual([[], []]);
  });

  it('labels services by network, and knows internal ones', () => {
    const { design, of } = designProject(project, { target: { policies: { networks: true } } });
    expect(design.isolation.map(({ label, internal }) => [label, internal])).toEqual([
      ['back-end', true],
      ['front', false],
    ]);
    expect(of('a').networks).toEqual(['back-end', 'front']);
  });
});
