import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TreeNodeData } from '@ushadow/contracts';
import type { KubeObject } from '@ushadow/kubernetes';
import { formatObjectId, objectId } from '@ushadow/kubernetes';
import type { Change } from '../../testing/random-world.ts';
import { changes, OUTLINES } from '../../testing/random-world.ts';
import { LiveTree } from './live-tree.ts';
import { slim } from './slim.ts';

const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'Job']);

function byId(nodes: readonly TreeNodeData[]): TreeNodeData[] {
  return [...nodes].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What is there at the end. */
function remaining(all: readonly Change[]): KubeObject[] {
  const left = new Map<string, KubeObject>();
  for (const { type, object } of all) {
    const id = formatObjectId(objectId(object));
    if (type === 'put') left.set(id, object);
    else if (left.get(id)?.metadata.uid === object.metadata.uid) left.delete(id);
  }
  return [...left.values()];
}

function fromScratch(objects: readonly KubeObject[], outline: (typeof OUTLINES)[number]): TreeNodeData[] {
  const tree = new LiveTree(outline);
  for (const object of objects) tree.put(object);
  tree.sees(WORKLOADS);
  tree.settle();
  return byId(tree.nodes());
}

function isBelow(node: TreeNodeData, id: string, nodes: ReadonlyMap<string, TreeNodeData>): boolean {
  for (let at: TreeNodeData | undefined = node; at !== undefined; at = nodes.get(at.parent ?? '')) {
    if (at.id === id) return true;
  }
  return false;
}

const [first, second] = OUTLINES;

describe('a live tree', () => {
  it('is the same after any changes in any order as one made of what is left', () => {
    fc.assert(
      fc.property(changes, fc.nat(100), (all, turn) => {
        const tree = new LiveTree(first);
        all.forEach((change, index) => {
          if (index === turn % 50) tree.sees(WORKLOADS);
          tree.apply(change);
        });
        tree.sees(WORKLOADS);
        tree.settle();
        expect(byId(tree.nodes())).toEqual(fromScratch(remaining(all), first));
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives with each change all nodes that differ and no others', () => {
    fc.assert(
      fc.property(changes, (all) => {
        const tree = new LiveTree(first);
        const kept = new Map<string, TreeNodeData>();
        tree.sees(WORKLOADS);
        for (const { id, ...rest } of tree.settle().changed) kept.set(id, { id, ...rest } as TreeNodeData);
        for (const change of all) {
          const { changed, removed } = tree.apply(change);
          for (const node of changed) {
            expect(kept.get(node.id)).not.toEqual(node);
            kept.set(node.id, node);
          }
          for (const id of removed) expect(kept.delete(id)).toBe(true);
        }
        expect(byId([...kept.values()])).toEqual(byId(tree.nodes()));
      }),
      { numRuns: 1_000 },
    );
  });

  it('counts with each node what is below it, and hangs each on one that is there', () => {
    fc.assert(
      fc.property(changes, (all) => {
        const tree = new LiveTree(first);
        for (const change of all) tree.apply(change);
        tree.settle();
        const nodes = new Map(tree.nodes().map((node) => [node.id, node]));
        const pods = [...nodes.values()].filter((node) => node.type === 'pod');
        for (const node of nodes.values()) {
          if (node.parent !== null) expect(nodes.has(node.parent)).toBe(true);
          if (!('pods' in node) || node.type === 'service') continue;
          const below = pods.filter((pod) => isBelow(pod, node.id, nodes));
          expect({ id: node.id, pods: node.pods, ready: node.pods_ready, restarts: node.restarts }).toEqual({
            id: node.id,
            pods: below.length,
            ready: below.filter(({ health }) => health === 'ready').length,
            restarts: below.reduce((sum, { restarts }) => sum + restarts, 0),
          });
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('follows what its stack wants, as if it had always wanted that', () => {
    fc.assert(
      fc.property(changes, fc.nat(80), (all, at) => {
        const tree = new LiveTree(first);
        tree.sees(WORKLOADS);
        all.forEach((change, index) => {
          if (index === at) tree.outline(second);
          tree.apply(change);
        });
        tree.outline(second);
        tree.settle();
        expect(byId(tree.nodes())).toEqual(fromScratch(remaining(all), second));
      }),
      { numRuns: 1_000 },
    );
  });

  it('reads the same of slim objects as of whole ones', () => {
    fc.assert(
      fc.property(changes, (all) => {
        const left = remaining(all);
        const slender = left.map(slim);
        expect(fromScratch(slender, first)).toEqual(fromScratch(left, first));
        expect(slender.map(slim)).toEqual(slender);
      }),
      { numRuns: 500 },
    );
  });
});
