interface Paged {
  next_cursor: string | null;
}

/** How lists are read page by page: each page names the next one's cursor, the last names none. */
export const PAGED = {
  pageParamName: "cursor",
  initialPageParam: null as unknown as string,
  getNextPageParam: (page: Paged) => page.next_cursor ?? undefined,
};
