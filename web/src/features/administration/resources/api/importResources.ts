import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Take resources from a CSV file, all or none; a dry run says what would come of it. */
export function useImportResources() {
  const queries = useQueryClient();
  const importing = api.useMutation("post", "/api/v1/resources/import", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/resources", "/api/v1/sites", "/api/v1/tags"]),
  });
  return (file: File, dry_run: boolean) =>
    file.text().then((body) =>
      importing.mutateAsync({
        params: { query: { dry_run } },
        body,
        bodySerializer: (text) => text,
        headers: { "Content-Type": "text/csv" },
      }),
    );
}
