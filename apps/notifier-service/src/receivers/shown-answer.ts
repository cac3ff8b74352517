import { Redactor } from '@ushadow/secrets';
import type { ChannelSecrets } from '../channels/channel.ts';

const SHOWN_MAX = 500;
/** Parts of an address this long are taken for secret. */
const PART_LEAST = 8;

/** How an answer begins, for people: one line, without what it was told in confidence. */
export function shownAnswer(answer: Buffer | string, secrets: ChannelSecrets): string {
  const text = (typeof answer === 'string' ? answer : answer.toString('utf8')).replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ');
  return new Redactor(secretTexts(secrets)).text(text).trim().slice(0, SHOWN_MAX);
}

function secretTexts({ url, signingKey, password }: ChannelSecrets): readonly string[] {
  const own = [url, signingKey, signingKey?.replace('whsec_', ''), password].filter((text) => text !== undefined);
  return [...own, ...(url !== undefined && URL.canParse(url) ? partsOf(new URL(url)) : [])];
}

function partsOf({ pathname, search, searchParams }: URL): readonly string[] {
  return [pathname, search, ...pathname.split('/'), ...searchParams.values()].filter(
    (part) => part.length >= PART_LEAST,
  );
}
