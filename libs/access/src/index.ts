export { covers, EVERYWHERE, type Grant } from './grant.ts';
export { decide, type Decision } from './decide.ts';
export { matches } from './pattern.ts';
export { atLeast } from './role-order.ts';
export type { Place } from './place.ts';
export { keepVisible } from './keep-visible.ts';
