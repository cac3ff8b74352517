import { readFileSync } from 'node:fs';
import type { KubeObject } from '@ushadow/kubernetes';
import { parseAllDocuments } from 'yaml';
import { compileFile } from '../harness/compile-file.ts';
import type { FileOptions } from '../harness/compile-file.ts';
import type { KomposeCase } from '../harness/fixture-files.ts';
import { factsOf } from './facts.ts';

export interface FactDifference {
  readonly fact: string;
  readonly golden: unknown;
  readonly ours: unknown;
}

export interface CaseComparison {
  readonly facts: number;
  readonly equal: number;
  readonly differences: readonly FactDifference[];
  readonly ours: ReadonlyMap<string, unknown>;
  readonly errors: readonly string[];
}

/** Flags of kompose as options of ours. */
function optionsOf(flags: readonly string[]): FileOptions {
  const value = (flag: string): string | undefined =>
    flags.includes(flag) ? flags[flags.indexOf(flag) + 1] : undefined;
  const namespace = value('-n');
  return {
    target: {
      ...(namespace !== undefined && { namespace }),
      ...(value('--controller') === 'statefulset' && { defaults: { kind: 'StatefulSet' as const } }),
      ...(flags.includes('--generate-network-policies') && { policies: { networks: true } }),
    },
    options: {
      createNamespace: namespace !== undefined,
      groupByLabel: value('--service-group-mode') === 'label',
    },
  };
}

function readGolden(path: string): KubeObject[] {
  const documents = parseAllDocuments(readFileSync(path, 'utf8'), { version: '1.1' });
  return documents.map((document) => document.toJS() as KubeObject | null).filter((object) => object !== null);
}

/** What does not count as a difference in any case: part 4.1 of the comparison's rules. */
function isAllowed({ fact, golden, ours }: FactDifference, objects: readonly KubeObject[]): boolean {
  if (fact.endsWith(' kind'))
    return (
      golden === 'Deployment' &&
      ours === 'StatefulSet' &&
      objects.every((o) => o.metadata.labels?.['kompose.controller.type'] === undefined)
    );
  if (fact.endsWith(' namespace')) return golden === null;
  return false;
}

/** Every fact of the golden objects beside ours. */
export function compareCase({ inputs, expected, flags, env }: KomposeCase): CaseComparison {
  const { result, diagnostics } = compileFile(inputs, { ...optionsOf(flags), environment: env ?? {} });
  const objects = result?.objects ?? [];
  const golden = factsOf(readGolden(expected));
  const ours = factsOf(objects);
  const differences = [...golden]
    .map(([fact, value]): FactDifference => ({ fact, golden: value, ours: ours.get(fact) }))
    .filter((d) => JSON.stringify(d.golden) !== JSON.stringify(d.ours) && !isAllowed(d, objects));
  return {
    facts: golden.size,
    equal: golden.size - differences.length,
    differences,
    ours,
    errors: diagnostics.filter((d) => d.severity === 'error').map((d) => `${d.code} ${d.message}`),
  };
}
