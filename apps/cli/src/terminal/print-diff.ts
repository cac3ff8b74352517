import type { RevisionDiffData } from '@ushadow/contracts';
import { changeText } from './print-plan.ts';
import { type Style, type TextStyler, visibleText } from './terminal-text.ts';

type Difference = RevisionDiffData['objects'][number];

const marks: Readonly<Record<Difference['change'], { readonly mark: string; readonly style: Style }>> = {
  added: { mark: '+', style: 'bold' },
  removed: { mark: '-', style: 'red' },
  changed: { mark: '~', style: 'yellow' },
  unknown: { mark: '?', style: 'yellow' },
};

/** Object by object and field by field what differs. */
export function describeDiff(diff: RevisionDiffData, styled: TextStyler): string {
  const head = `${diff.project} in ${diff.namespace}: ${sideText(diff.from)} → ${sideText(diff.to)}`;
  const lines = [
    styled('bold', visibleText(head)),
    ...diff.objects.flatMap((each) => objectLines(each, styled)),
    countsLine(diff.counts),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function sideText({ revision, tags }: RevisionDiffData['from']): string {
  if (revision === null) return 'what runs';
  return [`revision ${String(revision)}`, ...(tags.length === 0 ? [] : [`(${tags.join(', ')})`])].join(' ');
}

function objectLines(object: Difference, styled: TextStyler): string[] {
  const { mark, style } = marks[object.change];
  const more = object.more_changes;
  return [
    styled(style, visibleText(`${mark} ${object.object}`)),
    ...object.changes.map((change) => `    ${changeText(change)}`),
    ...(more === 0 ? [] : [`    and ${String(more)} more fields`]),
    ...object.conflicts.map(({ field, manager }) =>
      styled('yellow', visibleText(`    ${field} belongs to ${manager}`)),
    ),
    ...(object.problem === null ? [] : [styled('yellow', visibleText(`    ${object.problem}`))]),
  ];
}

function countsLine(counts: RevisionDiffData['counts']): string {
  return Object.entries(counts)
    .map(([what, count]) => `${String(count)} ${what}`)
    .join(', ');
}
