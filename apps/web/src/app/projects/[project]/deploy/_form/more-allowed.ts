import type { MoreAllowed } from '../../../../plans/_components/plan-obstacles.tsx';

/** What is said yes to beside the form, for the plans that follow. */
export interface Allowed extends MoreAllowed {
  readonly into_existing?: true;
  readonly with_dependencies?: true;
}
