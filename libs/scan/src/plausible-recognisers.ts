import type { Recogniser } from './recogniser.ts';
import { recognisers } from './recognisers.ts';
import type { PortFacts, ServiceFacts } from './service-facts.ts';
import { typesOfWords } from './type-of-words.ts';
import { wordsOf } from './type-of-words.ts';

const typeByPort = new Map(
  recognisers.flatMap(({ type, ports: [main], distinctivePort }) =>
    distinctivePort ? [[main.port, type] as const] : [],
  ),
);

/** Those that there is some evidence of. Most Services are applications; for them nobody need be asked. */
export function plausibleRecognisers({ service, nameWords, labels, ports }: ServiceFacts): readonly Recogniser[] {
  const types = new Set([
    ...typesOfWords(nameWords),
    ...labels.flatMap((label) => typesOfWords(label.words)),
    ...(service.externalName === undefined ? [] : typesOfWords(wordsOf(service.externalName))),
    ...ports.flatMap(typesOfPort),
  ]);
  return types.size === 0 ? [] : recognisers.filter(({ type }) => types.has(type));
}

function typesOfPort({ port, target, words, images }: PortFacts): readonly string[] {
  return [
    ...[target, port.port].flatMap((number) => typeByPort.get(number) ?? []),
    ...typesOfWords(words),
    ...images.flatMap((image) => [...(image.type === undefined ? [] : [image.type]), ...typesOfWords(image.words)]),
  ];
}
