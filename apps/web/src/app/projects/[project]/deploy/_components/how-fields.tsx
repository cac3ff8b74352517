import type { FieldErrors } from '../../../../../api/field-errors.ts';
import { Checkbox, FieldRow, FieldStack } from '../../../../../ui/field.tsx';
import { CollapsibleCard } from '../../../../../ui/collapsible-card.tsx';
import { TextInput } from '../../../../../ui/text-input.tsx';
import type { StackForm } from '../_form/stack-form.ts';

interface HowFieldsProps {
  readonly form: StackForm;
  readonly errors: FieldErrors;
  readonly onChange: (part: Partial<StackForm>) => void;
}

/** How the deployment goes about it: what few change. */
export function HowFields({ form, errors, onChange }: HowFieldsProps) {
  return (
    <CollapsibleCard title="How" aside="message, deadline, what a failure does" testId="how-fields">
      <FieldStack>
        <FieldRow>
          <TextInput
            label="Message"
            optional
            hint="For the history: why."
            value={form.message}
            testId="deploy-message"
            onChange={(message) => {
              onChange({ message });
            }}
          />
          <TextInput
            label="Give up after"
            optional
            placeholder="300"
            hint="Seconds until it has to be ready."
            inputMode="numeric"
            error={errors['deadline_seconds']}
            value={form.deadlineSeconds}
            testId="deadline-input"
            onChange={(deadlineSeconds) => {
              onChange({ deadlineSeconds });
            }}
          />
        </FieldRow>
        <Checkbox
          label="Go back when it fails"
          hint="To the last good revision of each service; else what is good stays."
          checked={form.rollback}
          testId="rollback-on-failure"
          onChange={(rollback) => {
            onChange({ rollback });
          }}
        />
      </FieldStack>
    </CollapsibleCard>
  );
}
