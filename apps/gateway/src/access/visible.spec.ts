import { describe, expect, it } from '@jest/globals';
import { EVERYWHERE } from '@ushadow/access';
import { clusterTarget, type Access } from '@ushadow/contracts';
import { decideFor, mayAnywhere, OPERATOR, type Subject } from './subject.ts';
import { visible } from './visible.ts';

const [a, b] = ['00000000000000aa', '00000000000000bb'] as const;
const stacks = [
  { target: clusterTarget(a), namespace: 'shop', project: 'web' },
  { target: clusterTarget(a), namespace: 'other', project: 'web' },
  { target: clusterTarget(b), namespace: 'shop', project: 'web' },
];
const listed: Access = { role: 'viewer', scope: 'installation', listed: 'stacks' };
const ofShop: Subject = {
  user: 'ci',
  grants: [{ ...EVERYWHERE, role: 'deployer', namespaces: 'shop' }],
  limits: [{ ...EVERYWHERE, role: 'deployer', cluster: a }],
};

describe('what of an answer somebody sees', () => {
  it('is their part of a list, and the rest of the answer as it is', () => {
    const answer = { stacks, next_cursor: 'more' };
    expect(visible(answer, listed, ofShop)).toEqual({ stacks: [stacks[0]], next_cursor: 'more' });
    expect(visible(stacks, { ...listed, listed: 'whole' }, ofShop)).toEqual([stacks[0]]);
    expect(visible(answer, listed, OPERATOR)).toEqual(answer);
  });

  it('is a cluster only for who holds a role in all of it, whichever namespace is its default', () => {
    const clusters = ['a', 'b'].map((id) => ({ cluster_id: id.padStart(16, '0'), namespace: 'shop' }));
    const whole: Access = { role: 'viewer', scope: 'installation', listed: 'whole', each: 'cluster' };
    const held = { ...EVERYWHERE, role: 'viewer' } as const;
    const of = (limits: Subject['limits']) => visible(clusters, whole, { user: 'ci', grants: [held], limits });
    expect(of([{ ...held, namespaces: 'shop' }])).toEqual([]);
    expect(of([{ ...held, cluster: '000000000000000a' }])).toEqual([clusters[0]]);
    expect(of(null)).toEqual(clusters);
  });

  it('is all of an answer that is no such list', () => {
    expect(visible({ stacks }, { role: 'viewer', scope: 'stack' }, ofShop)).toEqual({ stacks });
  });
});

describe('a token that is limited', () => {
  it('may what both its user and itself may', () => {
    const asked = { role: 'deployer', scope: 'stack' } as const;
    const allowed = stacks.map(
      ({ target, ...place }) => decideFor(ofShop, asked, { cluster: target.id, ...place }).allowed,
    );
    expect(allowed).toEqual([true, false, false]);
    expect(mayAnywhere(ofShop, 'deployer')).toBe(true);
    expect(mayAnywhere({ ...ofShop, limits: [{ ...EVERYWHERE, role: 'viewer' }] }, 'deployer')).toBe(false);
    expect(mayAnywhere(ofShop, 'owner')).toBe(false);
  });
});
