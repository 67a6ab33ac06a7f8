import { useEffect } from "react";

/** Name the page in the browser's tab for as long as the component is there. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Berth`;
    return () => {
      document.title = "Berth";
    };
  }, [title]);
}
