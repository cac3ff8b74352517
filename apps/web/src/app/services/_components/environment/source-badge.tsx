import { Badge } from '../../../../ui/badge.tsx';
import { sourceText, type ShownSource } from '../../_deploy/value-source.ts';

interface SourceBadgeProps {
  readonly source: ShownSource;
  /** By which a field refers to it as its description. */
  readonly id?: string;
  readonly isChanged?: boolean;
  readonly testId?: string;
}

/** Where a value comes from; the reason on hover and for screen readers. */
export function SourceBadge({ source, id, isChanged = false, testId }: SourceBadgeProps) {
  return (
    <span id={id}>
      <Badge
        tone={isChanged ? 'info' : 'neutral'}
        title={source.reason}
        long
        {...(testId === undefined ? {} : { testId })}
      >
        {sourceText(source)}
      </Badge>
      <span className="visually-hidden">, {source.reason}</span>
    </span>
  );
}
