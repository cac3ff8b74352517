'use client';

import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import { IconButton } from './button.tsx';
import { classNames } from './styling.ts';
import styles from './dialog.module.css';

export interface DialogProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly wide?: boolean;
  readonly testId?: string;
  readonly closeTestId?: string;
  readonly onClose: () => void;
  /** Stays in view above the buttons: what went wrong. */
  readonly message?: ReactNode;
  /** Stays in view below: the buttons. */
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/**
 * A modal dialog, open while it is rendered. The browser's own <dialog> keeps the focus inside, makes the page behind
 * inert and closes on Escape; the focus starts at `data-autofocus` and returns to where it came from.
 */
export function Dialog({
  title,
  description,
  wide = false,
  testId,
  closeTestId,
  onClose,
  message,
  footer,
  children,
}: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const descriptionId = useId();

  useLayoutEffect(() => {
    const element = dialog.current;
    if (element === null) return undefined;
    const before = document.activeElement;
    element.showModal();
    element.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    return () => {
      element.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  return (
    <dialog
      ref={dialog}
      className={classNames(styles['dialog'], wide && styles['wide'])}
      aria-labelledby={titleId}
      aria-describedby={description === undefined ? undefined : descriptionId}
      data-testid={testId}
      onCancel={(event) => {
        // A file input inside also fires cancel when its picker is dismissed.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles['header']}>
        <div>
          <h2 id={titleId}>{title}</h2>
          {description === undefined ? null : (
            <p id={descriptionId} className={styles['description']}>
              {description}
            </p>
          )}
        </div>
        <IconButton icon="cross" label="Close" onClick={onClose} data-testid={closeTestId} />
      </header>
      <div className={styles['body']}>{children}</div>
      {/* Reached by keyboard, as it scrolls when long. */}
      <div className={styles['message']} tabIndex={0}>
        {message}
      </div>
      {footer === undefined ? null : <footer className={styles['footer']}>{footer}</footer>}
    </dialog>
  );
}
