import type { FieldErrors } from '../../../../api/field-errors.ts';
import { useQuery } from '../../../../api/use-query.ts';
import { Checkbox, Field, FieldRow, FieldSet, FieldStack } from '../../../../ui/field.tsx';
import type { ChannelForm } from '../_channels/channel-form.ts';
import { eventNames, eventWords, stackName } from '../_channels/event-words.ts';

/** As many stacks as one answer has. */
const STACKS_MAX = 200;

interface ChannelFieldsProps {
  readonly form: ChannelForm;
  /** By the paths that the contract has. */
  readonly errors: FieldErrors;
  readonly onChange: (part: Partial<ChannelForm>) => void;
}

export function ChannelFields(props: ChannelFieldsProps) {
  const { form, errors, onChange } = props;
  return (
    <FieldStack>
      <TextField label="Name" name="name" path="name" isFirst {...props} />
      <Field label="Kind">
        {(control) => (
          <select
            {...control}
            value={form.kind}
            data-testid="channel-kind-select"
            onChange={(event) => {
              onChange({ kind: event.target.value as ChannelForm['kind'] });
            }}
          >
            <option value="webhook">Webhook: JSON, signed</option>
            <option value="slack">Chat: Slack, Mattermost, Discord (its address with /slack)</option>
            <option value="email">E-mail</option>
          </select>
        )}
      </Field>
      {form.kind === 'email' ? (
        <MailFields form={form} errors={errors} onChange={onChange} />
      ) : (
        <TextField
          label="Address"
          name="url"
          path="url"
          isSecret
          hint="Begins with https://. It is often secret in itself, so it is kept encrypted and not shown again."
          {...props}
        />
      )}
      <Checkbox
        label="Allow it without TLS"
        hint="Everybody in between can read along."
        checked={form.allowPlaintext}
        testId="channel-plaintext"
        onChange={(allowPlaintext) => {
          onChange({ allowPlaintext });
        }}
      />
      <FieldSet legend="Tell when">
        {eventNames.map((name) => (
          <Checkbox
            key={name}
            label={eventWords[name]}
            checked={form.events.includes(name)}
            testId={`channel-event-${name}`}
            onChange={(isWanted) => {
              const others = form.events.filter((each) => each !== name);
              onChange({ events: isWanted ? [...others, name] : others });
            }}
          />
        ))}
      </FieldSet>
      <ScopeField form={form} errors={errors} onChange={onChange} />
    </FieldStack>
  );
}

function ScopeField({ form, onChange }: ChannelFieldsProps) {
  const clusters = useQuery('listClusters', {});
  const stacks = useQuery('listStacks', { limit: STACKS_MAX });
  return (
    <Field label="About">
      {(control) => (
        <select
          {...control}
          value={form.about}
          data-testid="channel-about-select"
          onChange={(event) => {
            onChange({ about: event.target.value });
          }}
        >
          <option value="">all clusters and stacks</option>
          <optgroup label="One cluster">
            {(clusters.data ?? []).map(({ cluster_id: id, name }) => (
              <option key={id} value={`cluster/${id}`}>
                {name}
              </option>
            ))}
          </optgroup>
          <optgroup label="One stack">
            {(stacks.data?.stacks ?? []).map((stack) => (
              <option key={stack.stack_id} value={`stack/${stack.stack_id}`}>
                {stackName(stack)}
              </option>
            ))}
          </optgroup>
        </select>
      )}
    </Field>
  );
}

function MailFields(props: ChannelFieldsProps) {
  const { form, onChange } = props;
  return (
    <>
      <FieldRow>
        <TextField label="Server" name="host" path="smtp.host" {...props} />
        <TextField label="Port" name="port" path="smtp.port" {...props} />
      </FieldRow>
      <Field label="TLS">
        {(control) => (
          <select
            {...control}
            value={form.security}
            onChange={(event) => {
              onChange({ security: event.target.value as ChannelForm['security'] });
            }}
          >
            <option value="starttls">after the greeting (STARTTLS, port 587)</option>
            <option value="tls">from the first byte (port 465)</option>
          </select>
        )}
      </Field>
      <FieldRow>
        <TextField label="User" name="username" path="smtp.username" optional {...props} />
        <TextField label="Password" name="password" path="smtp.password" isSecret optional {...props} />
      </FieldRow>
      <TextField label="From" name="from" path="smtp.from" {...props} />
      <TextField label="To" name="to" path="smtp.to" hint="Addresses, with commas between." {...props} />
    </>
  );
}

interface TextFieldProps extends ChannelFieldsProps {
  readonly label: string;
  readonly name: 'name' | 'url' | 'host' | 'port' | 'username' | 'password' | 'from' | 'to';
  /** What its error is under. */
  readonly path: string;
  readonly hint?: string;
  readonly isSecret?: boolean;
  readonly optional?: boolean;
  /** Where the cursor is when the dialog opens. */
  readonly isFirst?: boolean;
}

function TextField({ label, name, path, hint, isSecret, optional, isFirst, form, errors, onChange }: TextFieldProps) {
  return (
    <Field label={label} optional={optional === true} hint={hint} error={errors[path]}>
      {(control) => (
        <input
          {...control}
          type={isSecret === true ? 'password' : 'text'}
          value={form[name]}
          autoComplete={isSecret === true ? 'new-password' : 'off'}
          spellCheck={false}
          data-autofocus={isFirst}
          data-testid={`channel-${name}-input`}
          onChange={(event) => {
            onChange({ [name]: event.target.value });
          }}
        />
      )}
    </Field>
  );
}
