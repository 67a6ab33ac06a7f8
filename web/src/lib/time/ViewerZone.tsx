import { createContext, useContext } from "react";
import { machineZone } from "./format";

const ViewerZone = createContext<string>(machineZone());

/** Sets the zone in which the viewer lives: the one of the profile, else the machine's. */
export const ViewerZoneProvider = ViewerZone.Provider;

/** Answer the zone in which the viewer lives. */
export function useViewerZone(): string {
  return useContext(ViewerZone);
}
