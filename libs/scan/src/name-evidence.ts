import { auxiliaryInName } from './auxiliary.ts';
import type { Recogniser } from './recogniser.ts';
import { roleWords } from './role-words.ts';
import type { ServiceFacts } from './service-facts.ts';
import { typeOfWords } from './type-of-words.ts';

export interface NameEvidence {
  readonly byName: boolean;
  /** The name ends with the type: `shop-redis` and `shop-redis-0`, and not `redis-worker`. */
  readonly isCalled: boolean;
  /** `name=value` of the label that names the type. */
  readonly byLabel: string | undefined;
}

export function nameEvidence({ nameWords, nameType, labels }: ServiceFacts, { type, names }: Recogniser): NameEvidence {
  const byName = nameType === type;
  const typeWord = nameWords.findLast((word) => !roleWords.has(word) && !/^\d+$/.test(word));
  return {
    byName,
    isCalled: byName && typeWord !== undefined && names.includes(typeWord),
    byLabel: labels.find((label) => typeOfWords(label.words) === type)?.text,
  };
}

/** Its name or a label says that it is an exporter, an operator, a user interface or the like. */
export function calledSomethingElse({ nameWords, labels }: ServiceFacts): boolean {
  return [nameWords, ...labels.map((label) => label.words)].some((words) => auxiliaryInName(words) !== undefined);
}
