import type { ContainerFacts } from '../container-facts.ts';
import type { MissingReference } from '../missing-reference.ts';
import { isBrought, readMissingReference, referenceIn } from '../missing-reference.ts';
import type { ContainerRecogniser } from './container-recogniser.ts';
import { waits } from './container-recogniser.ts';

const missing = (facts: ContainerFacts): MissingReference | undefined => readMissingReference(facts.waitingMessage);

function isWritten(facts: ContainerFacts): boolean {
  const reference = missing(facts);
  return reference !== undefined && isBrought(reference, facts.context.brought(reference.kind, reference.name));
}

function describe(facts: ContainerFacts): string {
  const reference = missing(facts);
  if (reference === undefined)
    return `container ${facts.name} refers to something that does not exist: ${facts.waitingMessage}`;
  const { kind, name, key } = reference;
  const what = key === undefined ? `the ${kind} ${name}` : `the key ${key} of the ${kind} ${name}`;
  return `container ${facts.name} needs ${what}, which does not exist`;
}

function remedy(facts: ContainerFacts): string {
  const reference = missing(facts);
  if (reference === undefined) return 'create the ConfigMap, Secret or key that is named, or correct the reference';
  const { kind, name, key } = reference;
  if (isWritten(facts)) return 'wait: it has been written since, and the node looks again by itself';
  if (facts.context.brought(kind, name) !== undefined)
    return `this deployment brings the ${kind} ${name}, but without the key ${key ?? ''}: add it, or correct the reference`;
  return `this deployment does not bring the ${kind} ${name}: create it${key === undefined ? '' : ` with the key ${key}`}, or correct the reference`;
}

export const CONFIG_ROWS: readonly ContainerRecogniser[] = [
  {
    code: 'CONFIG_REF_MISSING',
    family: 'config',
    rank: 50,
    finality: (facts) => (isWritten(facts) ? { kind: 'wait' } : { kind: 'after', ms: 10_000 }),
    state: waits('CreateContainerConfigError'),
    message: describe,
    remedy,
    field(facts) {
      const reference = missing(facts);
      return reference === undefined ? '' : referenceIn(facts.spec, reference);
    },
  },
];
