import { Checkbox, FieldSet } from '../../../ui/field.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import type { PolicyTexts } from '../_policies/policy-text.ts';

interface PolicyFieldsProps {
  readonly texts: PolicyTexts;
  readonly error: string | undefined;
  readonly onChange: (texts: PolicyTexts) => void;
}

/** What may be done with what runs in the cluster. */
export function PolicyFields({ texts, error, onChange }: PolicyFieldsProps) {
  return (
    <FieldSet legend="What may be done in its containers">
      <Checkbox
        label="Allow shells and commands in containers"
        hint="Copies of files too. Those that are open end when this is switched off."
        testId="edit-exec-input"
        checked={texts.exec}
        onChange={(exec) => {
          onChange({ ...texts, exec });
        }}
      />
      <Checkbox
        label="Allow connections to ports of pods"
        testId="edit-port-forward-input"
        checked={texts.portForward}
        onChange={(portForward) => {
          onChange({ ...texts, portForward });
        }}
      />
      <TextInput
        label="Namespaces that differ"
        testId="edit-policy-namespaces-input"
        hint="prod exec=off port-forward=off; dev exec=on"
        value={texts.namespaces}
        error={error}
        onChange={(namespaces) => {
          onChange({ ...texts, namespaces });
        }}
      />
    </FieldSet>
  );
}
