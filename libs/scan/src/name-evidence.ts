import type { Recogniser } from './recogniser.ts';
import type { ServiceFacts } from './service-facts.ts';

export interface NameEvidence {
  readonly byName: boolean;
  /** `name=value` of the label that names the type. */
  readonly byLabel: string | undefined;
}

export function nameEvidence({ nameWords, labels }: ServiceFacts, recogniser: Recogniser): NameEvidence {
  const names = (words: readonly string[]) => words.some((word) => recogniser.names.includes(word));
  return { byName: names(nameWords), byLabel: labels.find((label) => names(label.words))?.text };
}

/** All words by which a Service is called. */
export function calledWords({ nameWords, labels }: ServiceFacts): readonly string[] {
  return [...nameWords, ...labels.flatMap((label) => label.words)];
}
