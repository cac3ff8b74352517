import type { FieldErrors } from '../../../../../api/field-errors.ts';
import { Checkbox, FieldRow, FieldStack } from '../../../../../ui/field.tsx';
import { TextInput } from '../../../../../ui/text-input.tsx';
import type { IngressForm } from '../_form/spec-form.ts';

interface IngressFieldsProps {
  readonly service: string;
  readonly value: IngressForm;
  readonly errors: FieldErrors;
  readonly onChange: (value: IngressForm) => void;
}

export function IngressFields({ service, value, errors, onChange }: IngressFieldsProps) {
  const change = (part: Partial<IngressForm>) => {
    onChange({ ...value, ...part });
  };
  return (
    <FieldStack>
      <Checkbox
        label="Reach it from outside by an Ingress"
        checked={value.enabled}
        testId={`ingress-enabled-${service}`}
        onChange={(enabled) => {
          change({ enabled });
        }}
      />
      {value.enabled ? (
        <>
          <FieldRow>
            <TextInput
              label="Host"
              optional
              placeholder="app.example.com"
              error={errors['ingress.host']}
              value={value.host}
              testId={`ingress-host-input-${service}`}
              onChange={(host) => {
                change({ host });
              }}
            />
            <TextInput
              label="Path"
              optional
              placeholder="/"
              error={errors['ingress.path']}
              value={value.path}
              testId={`ingress-path-input-${service}`}
              onChange={(path) => {
                change({ path });
              }}
            />
            <TextInput
              label="Ingress class"
              optional
              placeholder="the cluster’s default"
              error={errors['ingress.class_name']}
              value={value.className}
              testId={`ingress-class-input-${service}`}
              onChange={(className) => {
                change({ className });
              }}
            />
          </FieldRow>
          <Checkbox
            label="TLS"
            hint="The certificate’s Secret has to be there, or be made by the cluster."
            checked={value.tls}
            testId={`ingress-tls-${service}`}
            onChange={(tls) => {
              change({ tls });
            }}
          />
        </>
      ) : null}
    </FieldStack>
  );
}
