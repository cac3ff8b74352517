'use client';

import '@xterm/xterm/css/xterm.css';
import { useEffect, useRef } from 'react';
import { openShell } from '../_terminal/open-shell.ts';
import type { ShellState } from '../_terminal/shell-state.ts';
import { styleByPolicy } from '../_terminal/style-by-policy.ts';
import styles from './shell-view.module.css';

interface ShellTerminalProps {
  readonly stackId: string;
  readonly service: string;
  readonly onState: (state: ShellState) => void;
}

const THEME = { background: '#16181d', foreground: '#e6e8ec' } as const;

/** One session; a new one is another component. Its code is loaded when it is shown. */
export function ShellTerminal({ stackId, service, onState }: ShellTerminalProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const ending = new AbortController();
    void (async () => {
      const [{ Terminal }, { FitAddon }] = await Promise.all([import('@xterm/xterm'), import('@xterm/addon-fit')]);
      if (ending.signal.aborted) return;
      const styleAsBefore = styleByPolicy(document);
      const terminal = new Terminal({
        cursorBlink: true,
        fontSize: 14,
        scrollback: 10_000,
        theme: THEME,
      });
      const fit = new FitAddon();
      terminal.loadAddon(fit);
      terminal.attachCustomKeyEventHandler((event) => staysInside(event, terminal));
      terminal.open(element);
      fit.fit();
      const follow = new ResizeObserver(() => {
        fit.fit();
      });
      follow.observe(element);
      openShell(terminal, { stackId, service }, { onState, signal: ending.signal });
      terminal.focus();
      ending.signal.addEventListener('abort', () => {
        follow.disconnect();
        terminal.dispose();
        styleAsBefore();
      });
    })();
    return () => {
      ending.abort();
    };
  }, [stackId, service, onState]);
  return <div ref={place} className={styles['terminal']} data-testid="shell-terminal" />;
}

/** A terminal takes every key, Tab too: F6 is the way out for who has no mouse. */
function staysInside(event: KeyboardEvent, terminal: { readonly blur: () => void }): boolean {
  if (event.key !== 'F6') return true;
  event.preventDefault();
  terminal.blur();
  return false;
}
