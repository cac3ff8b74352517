import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import styles from './notice.module.css';
import type { Tone } from './styling.ts';

const icons: Readonly<Record<Tone, IconName>> = {
  ok: 'check',
  bad: 'alert',
  warn: 'alert',
  info: 'alert',
  neutral: 'question',
};

interface NoticeProps {
  readonly tone: Tone;
  readonly title: ReactNode;
  /** `alert` is read out at once, `status` when the reader pauses. */
  readonly role?: 'alert' | 'status' | undefined;
  readonly testId?: string | undefined;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** A message in the page: what happened, and below it why and what to do. */
export function Notice({ tone, title, role, testId, actions, children }: NoticeProps) {
  return (
    <div className={styles['notice']} role={role} data-testid={testId} data-tone={tone}>
      <Icon name={icons[tone]} />
      <div className={styles['content']}>
        <p className={styles['title']}>{title}</p>
        {children}
        {actions === undefined ? null : <div className={styles['actions']}>{actions}</div>}
      </div>
    </div>
  );
}
