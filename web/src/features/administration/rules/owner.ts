/** Whose rules they are: a resource's, or a site's, from which all below it inherit. */
export interface Owner {
  kind: "site" | "resource";
  id: number;
}
