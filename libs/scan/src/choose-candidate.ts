import type { Candidate } from './candidate.ts';
import { roleWords } from './role-words.ts';
import { roles } from './role.ts';
import { wordsOf } from './type-of-words.ts';

const confidences = ['high', 'medium', 'low'];

type Compare = (a: Candidate, b: Candidate) => number;

const by =
  (rank: (candidate: Candidate) => number): Compare =>
  (a, b) =>
    rank(a) - rank(b);

/** What belongs to a stack is its own business. */
const byStack = by(({ service }) => Number(service.stack !== undefined));
const byGuess = by(({ confidence }) => Number(confidence === 'low'));
const confidenceRank = ({ confidence }: Candidate) => confidences.indexOf(confidence);
const byConfidence = by(confidenceRank);
const byReadiness = by(({ ready }) => Number(ready === false));
const byRole = by(({ role }) => roles.indexOf(role));
const byPort = by(({ usualPort }) => Number(!usualPort));
const byAddress = by(({ service }) => Number(service.headless));
const byName: Compare = (a, b) => compare(placeOf(a), placeOf(b));

/** The Services of one database: the writable end before copies, even while it is not ready. */
const withinInstallation = inTurn(byGuess, byRole, byPort, byConfidence, byReadiness, byAddress, byName);

/** One database or another, by the Service of each that comes first. */
const betweenInstallations = inTurn(byReadiness, byRole, byPort, byAddress, byName);

/** The best first. */
export function rankCandidates(candidates: readonly Candidate[]): readonly Candidate[] {
  const installations = [...Map.groupBy(candidates, installationOf).values()].map((group) => {
    const proved = group.find((one) => one.confidence === 'high');
    const members = group.map((one) => (proved === undefined ? one : lifted(one, proved))).sort(withinInstallation);
    return { members, confidence: Math.min(...members.map(confidenceRank)) };
  });
  installations.sort(
    (a, b) =>
      firstOf(a.members, b.members, byStack) ||
      a.confidence - b.confidence ||
      firstOf(a.members, b.members, betweenInstallations),
  );
  return installations.flatMap(({ members }) => members);
}

/** A guess about a Service of a database that is proved by another is one no longer. */
function lifted(candidate: Candidate, proved: Candidate): Candidate {
  if (candidate.confidence !== 'low' || !candidate.usualPort) return candidate;
  const reason = `${candidate.reason}, of one installation with Service ${proved.service.name}`;
  return { ...candidate, confidence: 'medium', reason };
}

/** What the Service itself says, else its name without the words for a part of an installation. */
function installationOf({ service }: Candidate): string {
  const stem = () => wordsOf(service.name).filter((word) => !roleWords.has(word) && !/^\d+$/.test(word));
  return JSON.stringify([service.namespace, service.installation ?? stem()]);
}

function inTurn(...compares: readonly Compare[]): Compare {
  return (a, b) => compares.map((one) => one(a, b)).find((order) => order !== 0) ?? 0;
}

function firstOf([a]: readonly Candidate[], [b]: readonly Candidate[], compareTwo: Compare): number {
  return a === undefined || b === undefined ? 0 : compareTwo(a, b);
}

const placeOf = ({ service }: Candidate) => `${service.namespace}/${service.name}`;
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
