import { auxiliaryWord } from './auxiliary.ts';
import type { Recogniser } from './recogniser.ts';
import { recognisers } from './recognisers.ts';
import { wordsOf } from './type-of-words.ts';

/**
 * `match`: a known image of this type. `likely`: its name has a word of the type. `other`: an image of another type.
 * `auxiliary`: an exporter, operator, user interface or tool. `unknown`: an image that says nothing. `unseen`: no pod.
 */
export type ImageKind = 'match' | 'likely' | 'other' | 'auxiliary' | 'unknown' | 'unseen';

export interface ImageVerdict {
  readonly kind: ImageKind;
  readonly image?: string;
  /** Whether it is that image that serves the port, and not one beside it in the pod. */
  readonly certain: boolean;
}

const rank: readonly ImageKind[] = ['match', 'likely', 'other', 'auxiliary', 'unknown'];
const typeByImage = new Map(recognisers.flatMap(({ type, images }) => images.map((image) => [image, type] as const)));

/** What an image says by itself, whatever the type asked for. */
export interface ImageFacts {
  readonly image: string;
  readonly type: string | undefined;
  readonly words: readonly string[];
  readonly auxiliary: boolean;
}

export function imageFacts(image: string): ImageFacts {
  const repository = repositoryName(image);
  const words = wordsOf(repository);
  const auxiliary = auxiliaryWord(words) !== undefined;
  return { image, type: typeByImage.get(repository), words, auxiliary };
}

/** What the images behind one port say about a type; the one with most evidence counts. */
export function judgeImages(images: readonly ImageFacts[], declared: boolean, recogniser: Recogniser): ImageVerdict {
  const verdicts = images.map((facts) => ({ kind: judge(facts, recogniser), image: facts.image }));
  verdicts.sort((a, b) => rank.indexOf(a.kind) - rank.indexOf(b.kind));
  const [first] = verdicts;
  if (first === undefined) return { kind: 'unseen', certain: false };
  return { ...first, certain: declared || verdicts.every(({ kind }) => kind === first.kind || kind === 'auxiliary') };
}

/** The last segment of the repository: `ghcr.io:443/a/mongo:7@sha256:…` gives `mongo`. */
function repositoryName(image: string): string {
  const path = image.split('@')[0] ?? '';
  const last = path.slice(path.lastIndexOf('/') + 1);
  return (last.split(':')[0] ?? '').toLowerCase();
}

/** The type an image is known to be, by its repository's name. */
export function typeOfImage(image: string): string | undefined {
  return typeByImage.get(repositoryName(image));
}

function judge({ type, words, auxiliary }: ImageFacts, recogniser: Recogniser): ImageKind {
  if (type === recogniser.type) return 'match';
  if (type !== undefined) return 'other';
  if (auxiliary) return 'auxiliary';
  return words.some((word) => recogniser.names.includes(word)) ? 'likely' : 'unknown';
}
