import { Button } from '../../../../ui/button.tsx';
import { absoluteTime } from '../../../../ui/format-time.ts';
import type { VariableEdit } from '../../_deploy/environment-edits.ts';
import { withoutSaved, winnerOf, type EnvironmentVariable } from '../../_deploy/environment-variable.ts';
import { lastUsed, lastUsedText } from '../../_deploy/last-used.ts';
import type { ShownVariable } from '../../_deploy/shown-variable.ts';
import { notSet, overriddenScan, sourceOfCandidate, sourceText } from '../../_deploy/value-source.ts';
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
  readonly onReset: () => void;
}

/** What else is known of a variable, in one quiet line: its place, why it is secret, what was used last; and the way back. */
export function EnvironmentFacts({ id, shown, hasLostSetting, ...reset }: EnvironmentFactsProps) {
  const { variable, edit } = reset;
  const { name, file, line } = variable;
  const last = lastUsed(variable, edit, shown);
  const place = placeOf({ file, line });
  const overridden = overriddenScan(variable, edit);
  const secrecy = secrecyText(variable, edit, shown);
  return (
    <div className={styles['facts']}>
      <ul id={id}>
        {place === null ? <li>not in the Compose file</li> : <li data-testid={`place-${name}`}>{place}</li>}
        {secrecy === null ? null : <li data-testid={`secrecy-${name}`}>{secrecy}</li>}
        {overridden === null ? null : (
          <li className={styles['warning']} data-testid={`overrides-${name}`}>
            overrides {sourceText(overridden)}
          </li>
        )}
        {last === null ? null : (
          <li data-testid={`last-used-${name}`} data-state={last.state} title={absoluteTime(last.time)}>
            {lastUsedText(last)}
          </li>
        )}
      </ul>
      <ValueReset {...reset} hasLostSetting={hasLostSetting} />
      <MarkReset {...reset} />
    </div>
  );
}

function secrecyText(variable: EnvironmentVariable, edit: VariableEdit | undefined, shown: ShownVariable) {
  if (edit?.secret === null) return 'secret or not is decided once it is saved';
  const said = edit?.secret ?? variable.secret_override;
  if (said !== null) return said ? 'secret, as you said' : 'not secret, as you said';
  return shown.isSecret ? `secret: ${variable.secret_reason ?? 'its source is'}` : null;
}

type ResetProps = Pick<EnvironmentFactsProps, 'variable' | 'edit' | 'actions' | 'onReset'>;

function ValueReset({
  variable,
  edit,
  hasLostSetting,
  actions,
  onReset,
}: ResetProps & { readonly hasLostSetting: boolean }) {
  const { name } = variable;
  if (edit?.value !== undefined) {
    return (
      <Button
        look="link"
        data-testid={`reset-${name}`}
        onClick={() => {
          actions.setValue(name, undefined);
          onReset();
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
        onReset();
      }}
    >
      Reset<span className="visually-hidden"> {name}</span> to{' '}
      {next === undefined ? sourceText(notSet).toLowerCase() : sourceText(sourceOfCandidate(next))}
    </Button>
  );
}

/** Takes back the user's word on what is secret. */
function MarkReset({ variable, edit, actions, onReset }: ResetProps) {
  const { name, secret_override: saved } = variable;
  const isEdited = edit?.secret !== undefined;
  if (!isEdited && saved === null) return null;
  return (
    <Button
      look="link"
      data-testid={`secret-auto-${name}`}
      onClick={() => {
        actions.setMark(name, isEdited ? undefined : null);
        onReset();
      }}
    >
      {isEdited ? 'Undo the mark' : 'Decide automatically'}
      <span className="visually-hidden"> for {name}</span>
    </Button>
  );
}
