import { OverviewView } from './_components/overview-view.tsx';

export default function OverviewPage() {
  return <OverviewView />;
}
