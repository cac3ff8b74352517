import { TextInput } from '../../../../ui/text-input.tsx';
import { nameError } from '../../_upload/upload-name.ts';

interface NameFieldProps {
  readonly name: string;
  readonly onChange: (name: string) => void;
}

export function NameField({ name, onChange }: NameFieldProps) {
  return (
    <TextInput
      label="Name"
      hint="Of the project, and of its namespace unless you choose another."
      error={name === '' ? undefined : nameError(name)}
      value={name}
      placeholder="notes"
      testId="project-name-input"
      onChange={onChange}
    />
  );
}
