import type { Recogniser } from './recogniser.ts';
import type { ServiceView } from './view/service-view.ts';
import { wordsOf } from './words.ts';

/** Labels by which people and charts say what something is. */
const tellingLabels = [
  'app.kubernetes.io/name',
  'app.kubernetes.io/component',
  'app',
  'k8s-app',
  'component',
  'io.kompose.service',
  'com.docker.compose.service',
];

export interface NameEvidence {
  readonly byName: boolean;
  /** `name=value` of the label that names the type. */
  readonly byLabel: string | undefined;
  /** All words of the Service's name and telling labels. */
  readonly words: readonly string[];
}

export function nameEvidence(service: ServiceView, recogniser: Recogniser): NameEvidence {
  const labels = tellingLabels.flatMap((name) => {
    const value = service.labels.get(name);
    return value === undefined ? [] : [{ text: `${name}=${value}`, words: wordsOf(value) }];
  });
  const names = (words: readonly string[]) => words.some((word) => recogniser.names.includes(word));
  const ownWords = wordsOf(service.name);
  return {
    byName: names(ownWords),
    byLabel: labels.find((label) => names(label.words))?.text,
    words: [...ownWords, ...labels.flatMap((label) => label.words)],
  };
}
