import { auxiliaryWord } from './auxiliary.ts';
import type { Recogniser } from './recogniser.ts';
import { recognisers } from './recognisers.ts';
import { wordsOf } from './words.ts';

/**
 * `match`: a known image of this type. `likely`: its name has a word of the type. `other`: an image of another type.
 * `auxiliary`: an exporter, operator, user interface or tool. `unknown`: an image that says nothing. `unseen`: no pod.
 */
export type ImageKind = 'match' | 'likely' | 'other' | 'auxiliary' | 'unknown' | 'unseen';

export interface ImageVerdict {
  readonly kind: ImageKind;
  readonly image?: string;
}

const rank: readonly ImageKind[] = ['match', 'likely', 'other', 'auxiliary', 'unknown'];
const typeByImage = new Map(recognisers.flatMap(({ type, images }) => images.map((image) => [image, type] as const)));

/** What the images behind one port say about a type; the most telling one counts. */
export function judgeImages(images: readonly string[], recogniser: Recogniser): ImageVerdict {
  const verdicts = images
    .filter((image) => image !== '')
    .map((image) => ({ kind: judge(repositoryName(image), recogniser), image }));
  verdicts.sort((a, b) => rank.indexOf(a.kind) - rank.indexOf(b.kind));
  return verdicts[0] ?? { kind: 'unseen' };
}

/** The last segment of the repository: `ghcr.io:443/a/mongo:7@sha256:…` gives `mongo`. */
export function repositoryName(image: string): string {
  const path = image.split('@')[0] ?? '';
  const last = path.slice(path.lastIndexOf('/') + 1);
  return (last.split(':')[0] ?? '').toLowerCase();
}

/** The type an image is known to be, by its repository's name. */
export function typeOfImage(image: string): string | undefined {
  return typeByImage.get(repositoryName(image));
}

function judge(repository: string, recogniser: Recogniser): ImageKind {
  const type = typeByImage.get(repository);
  if (type === recogniser.type) return 'match';
  if (type !== undefined) return 'other';
  const words = wordsOf(repository);
  if (auxiliaryWord(words) !== undefined) return 'auxiliary';
  return words.some((word) => recogniser.names.includes(word)) ? 'likely' : 'unknown';
}
