import type { RevisionData, RevisionDiffData } from '@ushadow/contracts';
import { useState } from 'react';
import { usePages, type PageReader } from '../../../../../../api/use-pages.ts';
import { Badge } from '../../../../../../ui/badge.tsx';
import { Card } from '../../../../../../ui/card.tsx';
import { ErrorNotice } from '../../../../../../ui/error-notice.tsx';
import { Field, FieldStack } from '../../../../../../ui/field.tsx';
import { MoreButton } from '../../../../../../ui/more-button.tsx';
import { Notice } from '../../../../../../ui/notice.tsx';
import { ObjectName } from '../../../../../../ui/object-name.tsx';
import type { Tone } from '../../../../../../ui/styling.ts';
import { FieldChanges } from '../../../../../plans/_components/field-changes.tsx';

type Difference = RevisionDiffData['objects'][number];

const reader: PageReader<'diffRevisions', Difference> = {
  itemsOf: ({ objects }) => objects,
  nextOf: ({ stack_id, next_cursor: cursor }) => (cursor === null ? null : { stack_id, cursor }),
  keyOf: ({ object }) => object,
};

interface DiffCardProps {
  readonly stackId: string;
  readonly number: string;
  readonly revisions: readonly RevisionData[];
}

/** What differs between a revision and what runs, or another revision. */
export function DiffCard({ stackId, number, revisions }: DiffCardProps) {
  const [to, setTo] = useState('live');
  const pages = usePages('diffRevisions', { stack_id: stackId, from: number, to }, reader, null);
  const { newest, items, error, reload } = pages;
  const others = revisions.filter(
    ({ kept, content_digest: digest, revision }) => kept && digest !== null && String(revision) !== number,
  );
  return (
    <Card title="What differs" testId="revision-diff">
      <FieldStack>
        <Field label="From this revision to">
          {(control) => (
            <select
              {...control}
              value={to}
              data-testid="diff-to"
              onChange={(event) => {
                setTo(event.target.value);
              }}
            >
              <option value="live">what runs</option>
              {others.map(({ revision, tags, message }) => (
                <option key={revision} value={String(revision)}>
                  {[`revision ${String(revision)}`, tags.join(', '), message ?? ''].filter(Boolean).join(': ')}
                </option>
              ))}
            </select>
          )}
        </Field>
        {error === undefined ? null : <ErrorNotice error={error} onRetry={reload} />}
        {items === undefined ? (
          error === undefined && <p role="status">Comparing…</p>
        ) : items.length === 0 ? (
          <Notice tone="ok" title="Nothing differs" testId="diff-empty" />
        ) : (
          <Differences objects={items} />
        )}
        {newest === undefined ? null : <Counts counts={newest.counts} />}
        <MoreButton pages={pages} label="Show more" />
      </FieldStack>
    </Card>
  );
}

const tones: Readonly<Record<Difference['change'], Tone>> = {
  added: 'ok',
  removed: 'bad',
  changed: 'warn',
  unknown: 'neutral',
};

function Differences({ objects }: { readonly objects: readonly Difference[] }) {
  return objects.map(({ object, change, changes, more_changes: more, conflicts, problem }) => (
    <section key={object} aria-label={object} data-testid={`diff-${object}`}>
      <p>
        <Badge tone={tones[change]}>{change}</Badge> <ObjectName of={object} />
      </p>
      {changes.length === 0 ? null : <FieldChanges object={object} changes={changes} heads={['Field', 'From', 'To']} />}
      {more === 0 ? null : <p>{more} more fields differ.</p>}
      {conflicts.map(({ field, manager }) => (
        <p key={field}>
          <code>{field}</code> belongs to {manager}.
        </p>
      ))}
      {problem === null || conflicts.length > 0 ? null : <p>{problem}</p>}
    </section>
  ));
}

function Counts({ counts }: Pick<RevisionDiffData, 'counts'>) {
  const { added, removed, changed, unchanged } = counts;
  return (
    <p data-testid="diff-counts">
      {added} added, {removed} removed, {changed} changed, {unchanged} unchanged
    </p>
  );
}
