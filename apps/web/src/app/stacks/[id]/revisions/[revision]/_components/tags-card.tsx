import { publicOperations, type RevisionData } from '@ushadow/contracts';
import { useState } from 'react';
import { api } from '../../../../../../api/client.ts';
import { fieldErrors } from '../../../../../../api/field-errors.ts';
import { useAction } from '../../../../../../api/use-action.ts';
import { Chip } from '../../../../../../ui/badge.tsx';
import { Button } from '../../../../../../ui/button.tsx';
import { Card } from '../../../../../../ui/card.tsx';
import { ErrorNotice } from '../../../../../../ui/error-notice.tsx';
import { Checkbox, FieldRow, FieldStack } from '../../../../../../ui/field.tsx';
import { TextInput } from '../../../../../../ui/text-input.tsx';

interface TagsCardProps {
  readonly stackId: string;
  readonly revision: RevisionData;
  readonly onChanged: () => void;
}

/** Names of a revision: by one it is found, and kept. */
export function TagsCard({ stackId: stack_id, revision, onChanged }: TagsCardProps) {
  const [name, setName] = useState('');
  const [isForced, setForced] = useState(false);
  const add = useAction(async () => {
    const force = isForced ? { force: true } : {};
    await api.tagRevision({ stack_id, tag: name.trim(), revision: revision.revision, ...force });
    setName('');
    onChanged();
  });
  const remove = useAction(async (tag: string) => {
    await api.untagRevision({ stack_id, tag });
    onChanged();
  });
  const error = add.error ?? remove.error;
  const errors = fieldErrors(publicOperations.tagRevision.input.pick({ tag: true }), { tag: name.trim() });
  const isValid = errors['tag'] === undefined;
  return (
    <Card title="Tags" testId="revision-tags">
      <FieldStack>
        <p>A revision with a tag is kept, however old it gets.</p>
        {revision.tags.map((tag) => (
          <p key={tag}>
            <Chip>{tag}</Chip>{' '}
            <Button small busy={remove.busy} data-testid={`untag-${tag}`} onClick={() => void remove.run(tag)}>
              Remove<span className="visually-hidden"> the tag {tag}</span>
            </Button>
          </p>
        ))}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (isValid && !add.busy) void add.run();
          }}
        >
          <FieldStack>
            <FieldRow>
              <TextInput
                label="New tag"
                value={name}
                error={name === '' ? undefined : errors['tag']}
                testId="tag-input"
                onChange={setName}
              />
            </FieldRow>
            <Checkbox label="Move it, if another revision has it" checked={isForced} onChange={setForced} />
            {error === undefined ? null : <ErrorNotice error={error} testId="tag-error" />}
            <div>
              <Button type="submit" busy={add.busy} disabled={!isValid} data-testid="tag-btn">
                Tag this revision
              </Button>
            </div>
          </FieldStack>
        </form>
      </FieldStack>
    </Card>
  );
}
