import { Button } from '../../../../ui/button.tsx';
import { candidateChoices, type CandidateChoice } from '../../_deploy/candidate-choices.ts';
import type { ValueEdit } from '../../_deploy/environment-edits.ts';
import type { EnvironmentVariable, Setting } from '../../_deploy/environment-variable.ts';
import { sourceOfCandidate } from '../../_deploy/value-source.ts';
import styles from './candidate-panel.module.css';
import { SourceBadge } from './source-badge.tsx';

interface CandidatePanelProps {
  readonly id: string;
  readonly variable: EnvironmentVariable;
  readonly edit: ValueEdit | undefined;
  /** The user has just said that it is secret. */
  readonly isHidden: boolean;
  readonly settings: readonly Setting[];
  readonly onChoose: (edit: ValueEdit | undefined) => void;
}

/** Every value that a variable could have, each with a way to take it. */
export function CandidatePanel({ id, variable, edit, isHidden, settings, onChoose }: CandidatePanelProps) {
  const { name } = variable;
  const choices = candidateChoices(variable, edit);
  return (
    <div
      id={id}
      className={styles['panel']}
      role="group"
      aria-label={`Values for ${name}`}
      data-testid={`choices-${name}`}
    >
      {choices.length === 0 ? <p className={styles['muted']}>No source has a value for it.</p> : null}
      <ul className={styles['choices']}>
        {choices.map((choice, index) => (
          // Candidates have no id, and their order is theirs.
          <li key={index}>
            <Choice name={name} index={index} choice={choice} isHidden={isHidden} onChoose={onChoose} />
          </li>
        ))}
      </ul>
      <div className={styles['others']}>
        <SettingSelect name={name} edit={edit} settings={settings} onChoose={onChoose} />
        <Button
          small
          data-testid={`use-empty-${name}`}
          onClick={() => {
            onChoose({ kind: 'text', text: '' });
          }}
        >
          Use the empty text
        </Button>
      </div>
    </div>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly index: number;
  readonly choice: CandidateChoice;
  readonly isHidden: boolean;
  readonly onChoose: (edit: ValueEdit | undefined) => void;
}

function Choice({ name, index, choice, isHidden, onChoose }: ChoiceProps) {
  const { candidate, choose, isChosen } = choice;
  return (
    <div className={styles['choice']} data-testid={`candidate-${name}-${String(index)}`}>
      <div className={styles['text']}>
        <p className={styles['value']}>
          <SourceBadge source={sourceOfCandidate(candidate)} />{' '}
          <CandidateValue value={isHidden ? null : candidate.value} />
        </p>
        <p className={styles['muted']}>
          {candidate.reason}
          {candidate.eligible ? null : '. Only offered: it is never taken by itself.'}
        </p>
      </div>
      {choose === null ? (
        <p className={styles['muted']}>To use it, type it: a secret cannot be copied.</p>
      ) : (
        // It stays when it was pressed, so that the focus does too.
        <Button
          small
          {...(isChosen ? { icon: 'check' } : {})}
          aria-pressed={isChosen}
          onClick={() => {
            onChoose(choose.edit);
          }}
        >
          {isChosen ? 'In use' : 'Use'}
          <span className="visually-hidden"> for {name}</span>
        </Button>
      )}
    </div>
  );
}

function CandidateValue({ value }: { readonly value: string | null }) {
  if (value === null) return <span className={styles['muted']}>secret, not shown</span>;
  return value === '' ? <span className={styles['muted']}>the empty text</span> : <code>{value}</code>;
}

type SettingSelectProps = Omit<CandidatePanelProps, 'id' | 'variable' | 'isHidden'> & { readonly name: string };

/** Stores a reference, not the value: what the setting holds is taken when deploying (U25). */
function SettingSelect({ name, edit, settings, onChoose }: SettingSelectProps) {
  if (settings.length === 0) {
    return (
      <p className={styles['muted']}>There are no settings yet; the page Settings keeps values for all services.</p>
    );
  }
  return (
    <select
      className={styles['select']}
      aria-label={`Map ${name} to a setting`}
      data-testid={`map-select-${name}`}
      value={edit?.kind === 'setting' ? edit.path : ''}
      onChange={(event) => {
        const path = event.target.value;
        onChoose(path === '' ? undefined : { kind: 'setting', path });
      }}
    >
      <option value="">A setting…</option>
      {settings.map(({ path, value }) => (
        <option key={path} value={path}>
          {path} ({value === null ? 'secret' : value === '' ? 'empty' : value})
        </option>
      ))}
    </select>
  );
}
