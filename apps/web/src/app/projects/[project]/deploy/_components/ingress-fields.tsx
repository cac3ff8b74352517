import type { FieldErrors } from '../../../api/field-errors.ts';
import { Checkbox, FieldRow, FieldStack } from '../../../ui/field.tsx';
import type { IngressForm } from '../_deploy/deploy-form.ts';
import { TextInput } from './text-input.tsx';

interface IngressFieldsProps {
  readonly value: IngressForm;
  readonly errors: FieldErrors;
  readonly onChange: (value: IngressForm) => void;
}

export function IngressFields({ value, errors, onChange }: IngressFieldsProps) {
  const change = (part: Partial<IngressForm>) => {
    onChange({ ...value, ...part });
  };
  return (
    <FieldStack>
      <Checkbox
        label={<strong>Reach it from outside by an Ingress</strong>}
        checked={value.enabled}
        testId="ingress-enabled"
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
              error={errors['k8s_spec.ingress.host']}
              value={value.host}
              testId="ingress-host-input"
              onChange={(host) => {
                change({ host });
              }}
            />
            <TextInput
              label="Path"
              optional
              placeholder="/"
              error={errors['k8s_spec.ingress.path']}
              value={value.path}
              testId="ingress-path-input"
              onChange={(path) => {
                change({ path });
              }}
            />
            <TextInput
              label="Ingress class"
              optional
              placeholder="the cluster’s default"
              error={errors['k8s_spec.ingress.class_name']}
              value={value.className}
              testId="ingress-class-input"
              onChange={(className) => {
                change({ className });
              }}
            />
          </FieldRow>
          <Checkbox
            label="TLS"
            hint="The certificate’s Secret has to be there, or be made by the cluster."
            checked={value.tls}
            testId="ingress-tls"
            onChange={(tls) => {
              change({ tls });
            }}
          />
        </>
      ) : null}
    </FieldStack>
  );
}
