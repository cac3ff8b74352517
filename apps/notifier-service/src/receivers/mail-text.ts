import type { NotificationData } from '@ushadow/contracts';

const SUBJECT_MAX = 150;

export function mailText({ title, text, facts, link }: NotificationData): {
  readonly subject: string;
  readonly text: string;
} {
  const lines = [
    title,
    '',
    text,
    ...(facts.length === 0 ? [] : ['', ...facts.map(({ name, value }) => `${name}: ${value}`)]),
    ...(link === null ? [] : ['', link]),
  ];
  const subject = title.replaceAll(/\p{Cc}+/gu, ' ').slice(0, SUBJECT_MAX);
  return { subject: `[Ushadow] ${subject}`, text: `${lines.join('\n')}\n` };
}
