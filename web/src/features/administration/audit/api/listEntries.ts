import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";
import type { AuditFilters } from "../filters";

/** List entries of the audit log, the latest first. */
export function useEntries(query: AuditFilters) {
  return api.useInfiniteQuery("get", "/api/v1/audit", { params: { query } }, PAGED);
}
