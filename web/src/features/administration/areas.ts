import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { IconName } from "@/ui/Icon";

interface Area {
  to: `/administration/${"resources" | "tags" | "blackouts" | "bulk" | "people" | "quotas" | "prices" | "payments" | "venues" | "performances" | "audit" | "system"}`;
  icon: IconName;
  label: MessageDescriptor;
  about: MessageDescriptor;
}

/** The parts of the administration, in order. */
export const AREAS: readonly Area[] = [
  { to: "/administration/resources", icon: "box", label: msg`Resources and sites`, about: msg`What can be reserved, where it is, when it is open, and by which rules.` },
  { to: "/administration/people", icon: "person", label: msg`People`, about: msg`Accounts, their roles, and who may sign in.` },
  { to: "/administration/blackouts", icon: "clock", label: msg`Closed times`, about: msg`Resources that are closed for a repair or an event.` },
  { to: "/administration/bulk", icon: "list", label: msg`Many reservations at once`, about: msg`Create, move and cancel reservations from a file.` },
  { to: "/administration/quotas", icon: "gauge", label: msg`Quotas`, about: msg`How much people may reserve in a day, a week, a month or a term.` },
  { to: "/administration/prices", icon: "tag", label: msg`Prices`, about: msg`What it costs, and what is kept when somebody cancels.` },
  { to: "/administration/payments", icon: "card", label: msg`Payments`, about: msg`Who has paid, and who has yet to.` },
  { to: "/administration/venues", icon: "seat", label: msg`Venues`, about: msg`Places with seats, and the maps of their seats.` },
  { to: "/administration/performances", icon: "ticket", label: msg`Performances`, about: msg`What is on in the venues, for how much, and which seats are not for sale.` },
  { to: "/administration/tags", icon: "tag", label: msg`Tags`, about: msg`Rename and remove tags everywhere at once.` },
  { to: "/administration/audit", icon: "log", label: msg`Audit log`, about: msg`Who changed what and when, and proof that nothing was altered.` },
  { to: "/administration/system", icon: "pulse", label: msg`System`, about: msg`Whether Berth is well, and events that could not be handled.` },
];
