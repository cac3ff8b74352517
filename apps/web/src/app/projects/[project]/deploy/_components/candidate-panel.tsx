import { Badge } from '../../../../../ui/badge.tsx';
import { Button } from '../../../../../ui/button.tsx';
import { choicesOf, type Choice } from '../_variables/choices.ts';
import type { ShownVariable } from '../_variables/shown-variable.ts';
import { sourceLabel } from '../_variables/source-label.ts';
import styles from './candidate-panel.module.css';

interface CandidatePanelProps {
  readonly shown: ShownVariable;
  /** Undefined: nothing is typed, so that the best source is used and stays up to date. */
  readonly onChoose: (value: string | undefined) => void;
}

/** Every value that a variable could have, each with a way to take it. */
export function CandidatePanel({ shown, onChoose }: CandidatePanelProps) {
  const { name } = shown.variable;
  const choices = choicesOf(shown);
  return (
    <div className={styles['panel']} role="group" aria-label={`Values for ${name}`} data-testid={`choices-${name}`}>
      {choices.length === 0 ? <p className={styles['muted']}>No source has a value for it.</p> : null}
      <ul className={styles['choices']}>
        {choices.map((choice, index) => (
          // Candidates have no id, and their order is theirs.
          <li key={index} className={styles['choice']} data-testid={`candidate-${name}-${String(index)}`}>
            <ChoiceText choice={choice} isHidden={shown.isSecret} />
            <ChoiceButton name={name} choice={choice} onChoose={onChoose} />
          </li>
        ))}
      </ul>
      <div className={styles['others']}>
        <Button
          small
          data-testid={`use-empty-${name}`}
          onClick={() => {
            onChoose('');
          }}
        >
          Use the empty text
        </Button>
      </div>
    </div>
  );
}

function ChoiceText({ choice: { candidate }, isHidden }: { readonly choice: Choice; readonly isHidden: boolean }) {
  const { source, value, reason, eligible } = candidate;
  const shownValue = isHidden ? null : value;
  return (
    <div className={styles['text']}>
      <p className={styles['value']}>
        <Badge tone="neutral" long>
          {sourceLabel(source)}
        </Badge>{' '}
        {shownValue === null ? (
          <span className={styles['muted']}>secret, not shown</span>
        ) : shownValue === '' ? (
          <span className={styles['muted']}>the empty text</span>
        ) : (
          <code>{shownValue}</code>
        )}
      </p>
      <p className={styles['muted']}>
        {reason}
        {eligible ? null : '. Only offered: it is never taken by itself.'}
      </p>
    </div>
  );
}

interface ChoiceButtonProps {
  readonly name: string;
  readonly choice: Choice;
  readonly onChoose: CandidatePanelProps['onChoose'];
}

function ChoiceButton({ name, choice: { choose, isChosen }, onChoose }: ChoiceButtonProps) {
  if (choose === null) return <p className={styles['muted']}>To use it, type it: a secret cannot be copied.</p>;
  return (
    // It stays when it was pressed, so that the focus does too.
    <Button
      small
      {...(isChosen ? { icon: 'check' } : {})}
      aria-pressed={isChosen}
      onClick={() => {
        onChoose(choose.value);
      }}
    >
      {isChosen ? 'In use' : 'Use'}
      <span className="visually-hidden"> for {name}</span>
    </Button>
  );
}
