import { useCallback, useEffect, useRef, useState } from "react";
import { isUndecided } from "@/lib/api/wishKey";
import { live, type Notice, type Told } from "@/lib/live/socket";
import { admit } from "./api/admit";
import { AT_ONCE, bring } from "./api/bring";
import { readCounts, readList } from "./api/readDoor";
import { asPrinted, brought, countOf, judge, type Judged, type LetIn, stillNeeded } from "./judging";
import { type Conflict, keepConflicts, keepLetIn, keepList, keptConflicts, keptLetIn, keptList } from "./kept";

const LOOK_EVERY_MS = 10_000;
/** What is told of whoever comes in, at whatever door. */
const ADMITTED = "berth.seating.ticket_admitted.v1";
const LIST_EVERY_MS = 60_000;

/** What the door said last; `turn` tells two of the same apart. */
export interface Said extends Judged {
  turn: number;
  withoutNetwork: boolean;
}

/** Answer what is known at the door of a performance, and how to read a code there. */
export function useAdmissions(id: number) {
  const kept = useKept(id);
  const { list, letIn, setLetIn } = kept;
  const [said, setSaid] = useState<Said | null>(null);
  const [refused, setRefused] = useState<unknown>(null);
  const network = useNetworkOf(id, kept, setRefused);
  const { setOffline, look } = network;
  const turn = useRef(0);
  const line = useRef(Promise.resolve());

  const read = useCallback(
    async (text: string) => {
      const code = asPrinted(text);
      if (code === "") return;
      const at = new Date().toISOString();
      const known = { tickets: list.current?.tickets ?? [], letIn: letIn.current };
      // Who was let in here without a network is not known to Berth yet, and would be let in again.
      const waits = known.letIn.some((one) => one.waits && one.code === code);
      const answer = waits ? null : await asked(id, code);
      const withoutNetwork = answer === null;
      const judged = answer ?? judge(known.tickets, known.letIn, code, at);
      // By this device's clock as that of the list is, and after the answer: a list that was asked for before may lack it.
      const letInAt = withoutNetwork ? at : new Date().toISOString();
      if (judged.verdict === "admitted") setLetIn([...letIn.current, { code, at: letInAt, waits: withoutNetwork }]);
      if (!waits) setOffline(withoutNetwork);
      setRefused(null);
      turn.current += 1;
      setSaid({ ...judged, withoutNetwork, turn: turn.current });
      if (!withoutNetwork) void look();
    },
    [id, list, letIn, setLetIn, setOffline, look],
  );
  // One after the other, so that two of the same never are asked at once.
  const scan = useCallback(
    (text: string) => {
      line.current = line.current.then(() => read(text)).catch(setRefused);
    },
    [read],
  );
  const waiting = kept.shown.letIn.filter((one) => one.waits).length;
  const counts = (network.offline ? null : network.counts) ?? countOf(kept.shown.list?.tickets ?? [], kept.shown.letIn);
  const { conflicts } = kept.shown;
  return { list: kept.shown.list, conflicts, forgive: () => kept.setConflicts([]), said, refused, scan, waiting, counts, offline: network.offline };
}

/** Answer what Berth says of a code, or nothing if it cannot be asked. */
async function asked(id: number, code: string): Promise<Judged | null> {
  try {
    return await admit(id, code);
  } catch (error) {
    if (isUndecided(error)) return null;
    throw error;
  }
}

/** What is kept on this device: at once for judging, and as state for showing. */
function useKept(id: number) {
  const [shown, show] = useState(() => ({ list: keptList(id), letIn: keptLetIn(id), conflicts: keptConflicts(id) }));
  const list = useRef(shown.list);
  const letIn = useRef(shown.letIn);
  const setLetIn = useCallback(
    (next: LetIn[]) => {
      letIn.current = next;
      keepLetIn(id, next);
      show((now) => ({ ...now, letIn: next }));
    },
    [id],
  );
  const setConflicts = useCallback(
    (conflicts: Conflict[]) => {
      keepConflicts(id, conflicts);
      show((now) => ({ ...now, conflicts }));
    },
    [id],
  );
  const refresh = useCallback(async () => {
    const next = await readList(id);
    list.current = next;
    keepList(id, next);
    show((now) => ({ ...now, list: next }));
    setLetIn(stillNeeded(letIn.current, new Date(next.heardAt).toISOString()));
  }, [id, setLetIn]);
  const bringIn = useCallback(async () => {
    const sent = letIn.current.filter((one) => one.waits).slice(0, AT_ONCE);
    if (sent.length === 0) return;
    const found = await bring(id, sent);
    // First what is to be told: a page that is closed in between tells it twice rather than never.
    if (found.length > 0) setConflicts([...keptConflicts(id), ...found]);
    setLetIn(brought(letIn.current, sent));
  }, [id, setLetIn, setConflicts]);
  return { shown, list, letIn, setLetIn, setConflicts, refresh, bringIn };
}

/** Looks whether Berth can be reached, brings in what waits, and keeps the list fresh. */
function useNetworkOf(id: number, { list, refresh, bringIn }: ReturnType<typeof useKept>, setRefused: (error: unknown) => void) {
  const [offline, setOffline] = useState(!navigator.onLine);
  const [counts, setCounts] = useState<{ admitted: number; tickets: number } | null>(null);
  const looking = useRef(false);
  const listedAt = useRef(0);
  const look = useCallback(async () => {
    if (looking.current) return;
    looking.current = true;
    try {
      await bringIn();
      if (Date.now() - listedAt.current >= LIST_EVERY_MS) {
        await refresh();
        listedAt.current = Date.now();
      }
      setCounts(await readCounts(id));
      setOffline(!navigator.onLine); // it may have gone while the answer was under way
      setRefused(null);
    } catch (error) {
      if (isUndecided(error)) setOffline(true);
      if (!isUndecided(error) || !list.current) setRefused(error);
    } finally {
      looking.current = false;
    }
  }, [id, list, refresh, bringIn, setRefused]);
  useEffect(() => {
    const lost = () => setOffline(true);
    const found = () => void look();
    found();
    const timer = setInterval(found, LOOK_EVERY_MS);
    const heard = (told: Told | Notice) => "about" in told && told.about === ADMITTED && found();
    const stop = live.follow("notices", { heard });
    addEventListener("online", found);
    addEventListener("offline", lost);
    return () => {
      stop();
      clearInterval(timer);
      removeEventListener("online", found);
      removeEventListener("offline", lost);
    };
  }, [look]);
  return { offline, setOffline, counts, look };
}
