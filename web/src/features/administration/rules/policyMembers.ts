import type { components } from "@generated/schema";
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

type Effective = components["schemas"]["EffectivePolicy"];

/** The members of a policy that are a number. */
export type NumberMember = {
  [Member in keyof Effective]: Effective[Member] extends number | null ? Member : never;
}[keyof Effective];

export interface NumberField {
  member: NumberMember;
  label: MessageDescriptor;
  unit: "minutes" | "hours" | "days" | "seconds";
  /** What holds if nobody sets it. */
  without?: MessageDescriptor;
}

export const LENGTH: readonly NumberField[] = [
  { member: "minutes_min", label: msg`At least this long`, unit: "minutes", without: msg`No least length` },
  { member: "minutes_max", label: msg`At most this long`, unit: "minutes", without: msg`No greatest length` },
  { member: "granularity_minutes", label: msg`Starts and ends on a grid of`, unit: "minutes", without: msg`No grid` },
  { member: "lead_minutes_min", label: msg`Reserve this long before the start`, unit: "minutes", without: msg`Until the start` },
  { member: "horizon_days_max", label: msg`At most this far ahead`, unit: "days", without: msg`As far as one likes` },
  { member: "setup_minutes", label: msg`Kept free before, for setting up`, unit: "minutes" },
  { member: "teardown_minutes", label: msg`Kept free after, for clearing`, unit: "minutes" },
];

export const COMING: readonly NumberField[] = [
  { member: "early_minutes", label: msg`Check-in opens before the start`, unit: "minutes" },
  { member: "no_show_minutes", label: msg`Free again if nobody came after`, unit: "minutes", without: msg`It is kept until its end` },
];

export const CONFIRMING: readonly NumberField[] = [
  { member: "confirmation_seconds_max", label: msg`Other confirmations take at most`, unit: "seconds" },
  { member: "approval_hours_max", label: msg`Approvers have this long`, unit: "hours" },
  { member: "payment_minutes_max", label: msg`Payers have this long`, unit: "minutes" },
];

export const CONFIRMATIONS: Record<Effective["confirmations"][number], MessageDescriptor> = {
  approval: msg`Approval by a person`,
  quota: msg`Quota that is left`,
  access: msg`An access code`,
  payment: msg`Payment`,
};
