import type { ProjectData, StackData } from '@ushadow/contracts';
import type { FieldErrors } from '../../../../../api/field-errors.ts';
import { FieldRow } from '../../../../../ui/field.tsx';
import { TextInput } from '../../../../../ui/text-input.tsx';
import type { StackForm } from '../_form/stack-form.ts';

interface NamespaceFieldProps {
  readonly project: Pick<ProjectData, 'project'>;
  readonly stack: Pick<StackData, 'namespace'> | null;
  readonly form: StackForm;
  readonly errors: FieldErrors;
  readonly onChange: (part: Partial<StackForm>) => void;
}

/** Left empty, it is where the stack is, or is named after the project. */
export function NamespaceField({ project, stack, form, errors, onChange }: NamespaceFieldProps) {
  const usual = stack?.namespace ?? namespaceOf(project.project);
  const typed = form.namespace.trim();
  const isAnother = stack !== null && typed !== '' && typed !== stack.namespace;
  return (
    <FieldRow>
      <TextInput
        label="Namespace"
        optional
        placeholder={usual}
        hint={
          isAnother
            ? `Another stack of this project than the one in ${stack.namespace}.`
            : stack === null
              ? `A stack of its own; made when it is not there. Left empty: ${usual}.`
              : 'Where the stack is.'
        }
        error={errors['namespace']}
        value={form.namespace}
        testId="deploy-namespace"
        onChange={(namespace) => {
          onChange({ namespace });
        }}
      />
    </FieldRow>
  );
}

/** The project's name as a namespace can have it: the server's own choice for a new stack. */
function namespaceOf(project: string): string {
  return project
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .slice(0, 63)
    .replaceAll(/^-+|-+$/g, '');
}
