import { Checkbox, Field, FieldStack } from '../../../../ui/field.tsx';
import type { ReadableFile } from '../../_upload/read-chosen.ts';
import type { Selection } from '../../_upload/select-files.ts';
import { nameError } from '../../_upload/upload-name.ts';
import { FileChooser } from './file-chooser.tsx';
import { SelectedFiles } from './selected-files.tsx';
import type { UploadForm } from './upload-dialog.tsx';

interface UploadFieldsProps {
  readonly form: UploadForm;
  /** Whether an upload has this name. */
  readonly isTaken: boolean;
  readonly onChange: (part: Partial<UploadForm>) => void;
  readonly onSelect: (selection: Selection<ReadableFile>) => void;
}

export function UploadFields({ form, isTaken, onChange, onSelect }: UploadFieldsProps) {
  const { name, selection, replace } = form;
  return (
    <FieldStack>
      <FileChooser onSelect={onSelect} />
      {selection === null ? null : <SelectedFiles selection={selection} />}
      <Field label="Name" hint="First half of the ids of its services." error={name === '' ? null : nameError(name)}>
        {(control) => (
          <input
            {...control}
            value={name}
            placeholder="notes"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            data-testid="upload-name-input"
            onChange={(event) => {
              onChange({ name: event.target.value, isNamed: true, replace: false });
            }}
          />
        )}
      </Field>
      {isTaken ? (
        <Checkbox
          label={
            <>
              Replace the uploaded project <strong>{name}</strong>
            </>
          }
          hint="There is one of this name. What was deployed from it stays until the next deployment."
          checked={replace}
          testId="upload-replace"
          onChange={(next) => {
            onChange({ replace: next });
          }}
        />
      ) : null}
    </FieldStack>
  );
}
