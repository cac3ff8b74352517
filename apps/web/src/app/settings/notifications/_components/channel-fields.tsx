import { useQuery } from '../../../../api/use-query.ts';
import { Checkbox, Field, FieldStack } from '../../../../ui/field.tsx';
import type { ChannelForm } from '../_channels/channel-form.ts';
import { eventNames, eventWords } from '../_channels/event-words.ts';

interface ChannelFieldsProps {
  readonly form: ChannelForm;
  readonly onChange: (part: Partial<ChannelForm>) => void;
}

export function ChannelFields({ form, onChange }: ChannelFieldsProps) {
  const clusters = useQuery('listClusters', {});
  return (
    <FieldStack>
      <TextField label="Name" name="name" form={form} onChange={onChange} />
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
            <option value="slack">Slack, Mattermost, Discord (/slack)</option>
            <option value="email">E-mail</option>
          </select>
        )}
      </Field>
      {form.kind === 'email' ? (
        <MailFields form={form} onChange={onChange} />
      ) : (
        <TextField
          label="Address"
          name="url"
          form={form}
          isSecret
          hint="Only written, never shown."
          onChange={onChange}
        />
      )}
      <Checkbox
        label="Also without TLS: everybody in between can read along"
        checked={form.allowPlaintext}
        onChange={(allowPlaintext) => {
          onChange({ allowPlaintext });
        }}
      />
      <fieldset>
        <legend>Tell when</legend>
        {eventNames.map((name) => (
          <Checkbox
            key={name}
            label={eventWords[name]}
            checked={form.events.includes(name)}
            onChange={(isWanted) => {
              const others = form.events.filter((each) => each !== name);
              onChange({ events: isWanted ? [...others, name] : others });
            }}
          />
        ))}
      </fieldset>
      <Field label="About">
        {(control) => (
          <select
            {...control}
            value={form.clusterId}
            onChange={(event) => {
              onChange({ clusterId: event.target.value });
            }}
          >
            <option value="">all clusters and stacks</option>
            {(clusters.data ?? []).map(({ cluster_id: id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
    </FieldStack>
  );
}

function MailFields({ form, onChange }: ChannelFieldsProps) {
  return (
    <>
      <TextField label="Server" name="host" form={form} onChange={onChange} />
      <TextField label="Port" name="port" form={form} onChange={onChange} />
      <Field label="TLS">
        {(control) => (
          <select
            {...control}
            value={form.security}
            onChange={(event) => {
              onChange({ security: event.target.value as ChannelForm['security'] });
            }}
          >
            <option value="starttls">after the greeting (STARTTLS)</option>
            <option value="tls">from the first byte (port 465)</option>
          </select>
        )}
      </Field>
      <TextField label="User" name="username" form={form} optional onChange={onChange} />
      <TextField label="Password" name="password" form={form} isSecret optional onChange={onChange} />
      <TextField label="From" name="from" form={form} onChange={onChange} />
      <TextField label="To" name="to" form={form} hint="Addresses, with commas between." onChange={onChange} />
    </>
  );
}

interface TextFieldProps extends ChannelFieldsProps {
  readonly label: string;
  readonly name: 'name' | 'url' | 'host' | 'port' | 'username' | 'password' | 'from' | 'to';
  readonly hint?: string;
  readonly isSecret?: boolean;
  readonly optional?: boolean;
}

function TextField({ label, name, hint, isSecret = false, optional = false, form, onChange }: TextFieldProps) {
  return (
    <Field label={label} optional={optional} hint={hint}>
      {(control) => (
        <input
          {...control}
          type={isSecret ? 'password' : 'text'}
          value={form[name]}
          autoComplete="off"
          spellCheck={false}
          data-testid={`channel-${name}-input`}
          onChange={(event) => {
            onChange({ [name]: event.target.value });
          }}
        />
      )}
    </Field>
  );
}
