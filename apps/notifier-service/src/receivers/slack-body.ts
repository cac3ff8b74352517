import type { NotificationData } from '@ushadow/contracts';

const marks: Readonly<Record<NotificationData['severity'], string>> = { good: '✅', warning: '⚠️', bad: '❌' };
/** Slack takes 3,000 characters in a section, and fields of 2,000. */
const SECTION_MAX = 2_900;
const FIELD_MAX = 400;
const FIELDS_MAX = 10;

/** Blocks for Slack; `text` for what shows none, as Mattermost and Discord do. */
export function slackBody({ severity, title, text, facts, link }: NotificationData): string {
  const head = `${marks[severity]} *${escaped(title)}*`;
  const where = link === null ? '' : `\n<${link}|Open in Ushadow>`;
  const fields = facts.slice(0, FIELDS_MAX).map(({ name, value }) => ({
    type: 'mrkdwn',
    text: `*${escaped(name)}*\n${cut(escaped(value), FIELD_MAX)}`,
  }));
  const section = { type: 'section', text: { type: 'mrkdwn', text: cut(`${head}\n${escaped(text)}`, SECTION_MAX) } };
  const blocks = [
    section,
    ...(fields.length === 0 ? [] : [{ type: 'section', fields }]),
    ...(link === null ? [] : [{ type: 'context', elements: [{ type: 'mrkdwn', text: `<${link}|Open in Ushadow>` }] }]),
  ];
  return JSON.stringify({ text: `${cut(`${head}\n${escaped(text)}`, SECTION_MAX)}${where}`, blocks });
}

/** Nothing in a name or a reason mentions anybody or makes a link. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('@', '@\u200b');
}

function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`;
}
