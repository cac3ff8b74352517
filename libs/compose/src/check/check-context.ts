import type { Report } from '../diagnostics/report.ts';
import type { ComposeProject } from '../model.ts';
import type { PositionIndex } from '../positions.ts';

export interface CheckContext {
  readonly project: ComposeProject;
  readonly positions: PositionIndex;
  readonly report: Report;
}
