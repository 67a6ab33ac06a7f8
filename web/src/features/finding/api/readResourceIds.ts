import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";

/** Answer how to read which resources a reservation takes together. */
export function useReadResourceIds(): (reservation_id: number) => Promise<number[]> {
  const queries = useQueryClient();
  return async (reservation_id) => {
    const one = await queries.fetchQuery({
      ...api.queryOptions("get", "/api/v1/reservations/{reservation_id}", { params: { path: { reservation_id } } }),
      staleTime: 0,
    });
    return one.resources.map((each) => each.id);
  };
}
