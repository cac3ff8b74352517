import type { PlanData } from '@ushadow/contracts';
import { CodeBlock } from '../../../ui/code.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { permissionLines } from '../_plan/permission-lines.ts';

/** What the cluster's credential may not do, with the Role to hand to an administrator. */
export function PermissionsNotice({ plan }: { readonly plan: PlanData }) {
  const { missing_permissions: missing, role_yaml: yaml } = plan;
  if (missing.length === 0) return null;
  return (
    <Notice tone="warn" title="The cluster’s credential lacks permissions for this" testId="plan-permissions">
      <ul>
        {permissionLines(missing).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {yaml === null ? null : (
        <details>
          <summary>The Role that grants them</summary>
          <CodeBlock text={yaml} label="Role that grants what is missing" />
        </details>
      )}
    </Notice>
  );
}
