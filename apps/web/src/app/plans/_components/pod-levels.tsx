import { podsBeyond, type PlanData } from '@ushadow/contracts';
import { Notice } from '../../../ui/notice.tsx';

interface PodLevelsProps {
  readonly plan: Pick<PlanData, 'pod_security'>;
}

/** The level of Pod Security that pods need, where their namespace refuses them or warns. */
export function PodLevels({ plan }: PodLevelsProps) {
  const beyond = podsBeyond(plan);
  if (beyond.length === 0) return null;
  const refused = beyond.some((pod) => pod.refused);
  return (
    <Notice
      tone="warn"
      title={refused ? 'The namespace refuses some pods' : 'The namespace warns of some pods'}
      testId="plan-pod-security"
    >
      <ul>
        {beyond.map(({ object, needs, enforced, warned, refused: isRefused }) => (
          <li key={object}>
            {object} needs the level {needs};{' '}
            {isRefused ? `its namespace enforces ${enforced ?? ''}` : `its namespace warns beyond ${warned ?? ''}`}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
