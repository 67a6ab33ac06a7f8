import type { components } from "@generated/schema";
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react";

export type Role = components["schemas"]["Role"];

/** How people call the roles. */
export const ROLES: Record<Role, MessageDescriptor> = {
  admin: msg`Administrator`,
  user: msg`User`,
  guest: msg`Guest`,
};

/** Answer the roles as options of a field. */
export function useRoleOptions(): { value: Role; label: string }[] {
  const { _ } = useLingui();
  return (Object.keys(ROLES) as Role[]).map((value) => ({ value, label: _(ROLES[value]) }));
}
