import type { KubeObject } from '@ushadow/kubernetes';
import { validateObject } from '../src/validate/validate-objects.ts';
import type { ApiServer } from './api-server.ts';
import type { Mutation } from './mutations.ts';

export interface Difference {
  readonly name: string;
  /** What the server said; undefined when it took the object. */
  readonly server: string | undefined;
  readonly ours: readonly string[];
}

export interface Comparison {
  readonly compared: number;
  readonly refused: number;
  /** The server refuses, we do not. */
  readonly missed: readonly Difference[];
  /** We refuse, the server does not. */
  readonly invented: readonly Difference[];
}

const ours = (object: KubeObject): string[] =>
  validateObject(object, '1.37').map((v) => `${v.rule} ${v.pointer} ${v.message}`);

/** Our verdict beside the server's for every object, a few requests at a time. */
export async function compare(server: ApiServer, mutations: Iterable<Mutation>): Promise<Comparison> {
  const queue = mutations[Symbol.iterator]();
  const all: Difference[] = [];
  const worker = async (): Promise<void> => {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const { name, object } = next.value;
      all.push({ name, server: await server.dryRun(object), ours: ours(object) });
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return {
    compared: all.length,
    refused: all.filter((d) => d.server !== undefined).length,
    missed: all.filter((d) => d.server !== undefined && d.ours.length === 0),
    invented: all.filter((d) => d.server === undefined && d.ours.length > 0),
  };
}
