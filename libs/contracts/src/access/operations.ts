import { giveGrant, listUsers, takeGrant } from './grants.ts';
import { createToken, listTokens, revokeToken } from './tokens.ts';

/** Who is let in, and who may do what, as people and programs ask for it. */
export const accessOperations = {
  createToken,
  listTokens,
  revokeToken,
  listUsers,
  giveGrant,
  takeGrant,
} as const;
