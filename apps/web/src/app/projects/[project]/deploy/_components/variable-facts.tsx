import type { ProjectVariableData } from '@ushadow/contracts';
import { placeOf } from '../../../../../api/error-details.ts';
import { Button } from '../../../../../ui/button.tsx';
import type { ShownVariable } from '../_variables/shown-variable.ts';
import styles from './variable-row.module.css';

const SHOWN_MAX = 2;

interface VariableFactsProps {
  readonly id: string;
  readonly shown: ShownVariable;
  readonly onUndo: () => void;
}

/** Where a variable is used, and why it is secret, in one quiet line; and the way back. */
export function VariableFacts({ id, shown, onUndo }: VariableFactsProps) {
  const { variable, isTyped, isSecret } = shown;
  const { name } = variable;
  const uses = usesText(variable);
  const containers = containersText(variable);
  const rest = uses.slice(SHOWN_MAX);
  return (
    <div className={styles['facts']}>
      <ul id={id} data-testid={`uses-${name}`}>
        {uses.slice(0, SHOWN_MAX).map((use) => (
          <li key={use}>{use}</li>
        ))}
        {rest.length === 0 ? null : <li title={rest.join('\n')}>and {rest.length} more</li>}
        {containers === null ? null : <li>{containers}</li>}
        {isSecret && variable.secret_reason !== null ? <li>secret: {variable.secret_reason}</li> : null}
      </ul>
      {isTyped ? (
        <Button variant="link" data-testid={`undo-${name}`} onClick={onUndo}>
          Undo<span className="visually-hidden"> the change of {name}</span>
        </Button>
      ) : null}
    </div>
  );
}

/** Where `${NAME}` stands: `compose.yaml:12:9 (web)`; a place without a file by its path. */
function usesText({ uses }: Pick<ProjectVariableData, 'uses'>): string[] {
  const texts = uses.map((use) => {
    const place = placeOf(use) ?? use.path;
    return use.service === null ? place : `${place} (${use.service})`;
  });
  return [...new Set(texts)];
}

/** Which containers have an environment variable of this name. */
function containersText({ containers }: Pick<ProjectVariableData, 'containers'>): string | null {
  if (containers.length === 0) return null;
  return `${containers.length === 1 ? 'container' : 'containers'} ${containers.join(', ')}`;
}
