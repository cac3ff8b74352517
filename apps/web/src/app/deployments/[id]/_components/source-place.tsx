import { placeName, type CauseData } from '../_events/event-data.ts';

interface SourcePlaceProps {
  readonly place: NonNullable<CauseData['source']>;
}

/** The line of the Compose file to change, with what stands there. */
export function SourcePlace({ place }: SourcePlaceProps) {
  return <code title={place.path}>{placeName(place)}</code>;
}
