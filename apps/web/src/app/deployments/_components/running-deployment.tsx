import { hasCode } from '../../../api/describe-error.ts';
import { detailText } from '../../../api/error-details.ts';
import { LinkButton } from '../../../ui/button.tsx';

/** Where an error says that another deployment is in the way: leads there. */
export function RunningDeployment({ error }: { readonly error: unknown }) {
  const id = detailText(error, 'deployment_id');
  if (id === null || !hasCode(error, 'DEPLOYMENT_IN_PROGRESS')) return null;
  return (
    <LinkButton small href={`/deployments/${id}`}>
      Watch that deployment
    </LinkButton>
  );
}
