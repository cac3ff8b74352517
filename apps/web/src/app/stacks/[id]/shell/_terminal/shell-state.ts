import type { DomainError } from '@ushadow/contracts';

/** What is known of a session. */
export type ShellState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  | { readonly kind: 'ended'; readonly exitCode: number }
  | { readonly kind: 'refused'; readonly error: DomainError }
  | { readonly kind: 'lost'; readonly isRestart: boolean };

export function stateText(state: ShellState): string {
  switch (state.kind) {
    case 'connecting':
      return 'Connecting…';
    case 'open':
      return 'Connected';
    case 'ended':
      return `Ended with exit code ${String(state.exitCode)}`;
    case 'refused':
      return 'It could not be opened, or was ended';
    case 'lost':
      return state.isRestart ? 'Connection lost: the server is being restarted' : 'Connection lost';
  }
}
