import type { Report } from '../diagnostics/reporter.ts';
import { targetVersion } from '@ushadow/kubernetes-schema';

/** A cluster whose API is not bundled is checked by the nearest that is. */
export function checkVersion(asked: string | undefined, report: Report): void {
  if (asked === undefined) return;
  const { standing, schema, minor } = targetVersion(asked);
  const params = { version: minor === undefined ? asked : `1.${String(minor)}`, known: schema };
  if (standing === 'newer') report('CMP1210', '', params);
  if (standing === 'older') report('CMP1211', '', params);
  if (standing === 'unreadable') report('CMP1202', '', params);
}
