import type { ClusterData, DeploymentData } from '@ushadow/contracts';
import { LinkButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { AvailableService } from '../services/_catalog/filter-services.ts';
import styles from './first-steps.module.css';

interface FirstStepsProps {
  readonly clusters: readonly ClusterData[];
  readonly services: readonly AvailableService[];
  readonly deployments: readonly DeploymentData[];
}

interface Step {
  readonly title: string;
  readonly text: string;
  readonly isDone: boolean;
  readonly href: string;
  readonly action: string;
}

/** The way from nothing to running pods; each step says where it stands. */
export function FirstSteps(props: FirstStepsProps) {
  const steps = stepsOf(props);
  const next = steps.findIndex((step) => !step.isDone);
  return (
    <ol className={styles['steps']}>
      {steps.map((step, index) => (
        <li key={step.title} className={styles['step']}>
          <span className={step.isDone ? styles['done'] : styles['number']}>
            {step.isDone ? <Icon name="check" /> : index + 1}
          </span>
          <h2>{step.title}</h2>
          <p>{step.text}</p>
          <LinkButton small look={index === next ? 'primary' : 'secondary'} href={step.href}>
            {step.action}
          </LinkButton>
        </li>
      ))}
    </ol>
  );
}

function stepsOf({ clusters, services, deployments }: FirstStepsProps): Step[] {
  const connected = clusters.filter(({ status }) => status === 'connected').length;
  const deployable = services.filter((service) => service.deployable).length;
  return [
    {
      title: 'Clusters',
      text:
        connected === 0
          ? clustersText(clusters.length)
          : counted(connected, 'cluster is', 'clusters are') + ' connected.',
      isDone: connected > 0,
      href: '/clusters',
      action: clusters.length === 0 ? 'Add a cluster' : 'See clusters',
    },
    {
      title: 'Services',
      text:
        deployable === 0
          ? 'No Compose file defines a service that can be deployed.'
          : counted(deployable, 'service', 'services') + ' can be deployed.',
      isDone: deployable > 0,
      href: '/services',
      action: 'See services',
    },
    {
      title: 'Deployments',
      text: deployments.length === 0 ? 'Pick a service and press Deploy.' : 'Follow what was deployed.',
      isDone: deployments.length > 0,
      href: deployments.length === 0 ? '/services' : '/deployments',
      action: deployments.length === 0 ? 'Deploy a service' : 'See deployments',
    },
  ];
}

function clustersText(registered: number): string {
  return registered === 0 ? 'No cluster is registered yet.' : 'No registered cluster is connected.';
}

function counted(count: number, one: string, many: string): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}
