import { Button } from '../../../../ui/button.tsx';
import type { VariableEdit } from '../../_deploy/environment-edits.ts';
import { withoutSaved, winnerOf, type EnvironmentVariable } from '../../_deploy/environment-variable.ts';
import { lastUsed, lastUsedText } from '../../_deploy/last-used.ts';
import type { ShownVariable } from '../../_deploy/shown-variable.ts';
import { notSet, sourceOfCandidate, sourceText } from '../../_deploy/value-source.ts';
import type { EnvironmentActions } from '../../_hooks/use-environment-edits.ts';
import { placeOf } from '../../../../api/error-details.ts';
import styles from './environment-row.module.css';

interface EnvironmentFactsProps {
  readonly id: string;
  readonly variable: EnvironmentVariable;
  readonly edit: VariableEdit | undefined;
  readonly shown: ShownVariable;
  readonly hasLostSetting: boolean;
  readonly actions: EnvironmentActions;
}

/** What else is known of a variable, in one quiet line: its place, why it is secret, what was used last; and the way back. */
export function EnvironmentFacts({ id, variable, edit, shown, hasLostSetting, actions }: EnvironmentFactsProps) {
  const { name, file, line } = variable;
  const last = lastUsed(variable, edit, shown);
  const place = placeOf({ file, line });
  const secrecy = secrecyText(variable, edit, shown);
  return (
    <div className={styles['facts']}>
      <ul id={id}>
        {place === null ? <li>not in the Compose file</li> : <li data-testid={`place-${name}`}>{place}</li>}
        {secrecy === null ? null : <li data-testid={`secrecy-${name}`}>{secrecy}</li>}
        {last === null ? null : (
          <li data-testid={`last-used-${name}`} data-state={last.state}>
            {lastUsedText(last)}
          </li>
        )}
      </ul>
      <ValueReset variable={variable} edit={edit} hasLostSetting={hasLostSetting} actions={actions} />
      <MarkReset variable={variable} edit={edit} actions={actions} />
    </div>
  );
}

function secrecyText(variable: EnvironmentVariable, edit: VariableEdit | undefined, shown: ShownVariable) {
  if (edit?.secret === null) return 'judged anew once it is saved';
  const said = edit?.secret ?? variable.secret_override;
  if (said !== null) return said ? 'secret, as you said' : 'not secret, as you said';
  return shown.isSecret ? `secret: ${variable.secret_reason ?? 'its source is'}` : null;
}

type ResetProps = Pick<EnvironmentFactsProps, 'variable' | 'edit' | 'actions'>;

function ValueReset({ variable, edit, hasLostSetting, actions }: ResetProps & { readonly hasLostSetting: boolean }) {
  const { name } = variable;
  if (edit?.value !== undefined) {
    return (
      <Button
        look="link"
        data-testid={`reset-${name}`}
        onClick={() => {
          actions.setValue(name, undefined);
        }}
      >
        Undo<span className="visually-hidden"> the change of {name}</span>
      </Button>
    );
  }
  if (winnerOf(variable)?.saved !== true && !hasLostSetting) return null;
  const next = withoutSaved(variable);
  return (
    <Button
      look="link"
      data-testid={`reset-${name}`}
      onClick={() => {
        actions.setValue(name, { kind: 'forget' });
      }}
    >
      Reset<span className="visually-hidden"> {name}</span> to{' '}
      {next === undefined ? sourceText(notSet).toLowerCase() : sourceText(sourceOfCandidate(next))}
    </Button>
  );
}

/** Takes back the user's word on what is secret. */
function MarkReset({ variable, edit, actions }: ResetProps) {
  const { name, secret_override: saved } = variable;
  const isEdited = edit?.secret !== undefined;
  if (!isEdited && saved === null) return null;
  return (
    <Button
      look="link"
      data-testid={`secret-auto-${name}`}
      onClick={() => {
        actions.setMark(name, isEdited ? undefined : null);
      }}
    >
      {isEdited ? 'Undo the mark' : 'Let it be judged'}
      <span className="visually-hidden"> of {name}</span>
    </Button>
  );
}
