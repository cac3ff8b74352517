import { problemsOf } from '../../../api/error-details.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { fileVariables } from '../_deploy/file-variables.ts';

interface CompileErrorProps {
  readonly error: unknown;
  readonly testId: string;
  readonly onRetry: () => void;
  /** Leads to the fields for `${…}` that the Compose file asks for. */
  readonly onFillIn: () => void;
}

/** Why there is nothing to show; where the Compose file asks for values, with the way to their fields. */
export function CompileError({ error, testId, onRetry, onFillIn }: CompileErrorProps) {
  const asksForValues = fileVariables(problemsOf(error)).length > 0;
  return (
    <ErrorNotice
      error={error}
      testId={testId}
      onRetry={onRetry}
      actions={
        asksForValues ? (
          <Button small look="primary" data-testid="fill-in-variables" onClick={onFillIn}>
            Enter these values
          </Button>
        ) : undefined
      }
    />
  );
}
