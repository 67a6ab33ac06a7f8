import { lazy, Suspense, useState } from "react";
import { useHolds } from "./api/listHolds";

const KeptCards = lazy(() => import("./KeptCards"));

/** What is kept for whoever is signed in, to be reserved or given back. There is nothing where nothing is. */
export function KeptList() {
  const holds = useHolds();
  // With what can reserve it, it is loaded once there is any; from then on it remembers what runs out.
  const [isWanted, setWanted] = useState(false);
  if (!isWanted && holds.data && holds.data.items.length > 0) setWanted(true);
  if (!isWanted || !holds.data) return null;
  return (
    <Suspense>
      <KeptCards holds={holds.data.items} readAt={holds.dataUpdatedAt} />
    </Suspense>
  );
}
