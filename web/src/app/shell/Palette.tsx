import { useLingui } from "@lingui/react/macro";
import { Spotlight } from "@mantine/spotlight";
import "@mantine/spotlight/styles.css";
import { useState } from "react";
import { useAccountCommands } from "@/features/account/commands";
import { useCalendarCommands } from "@/features/calendars/commands";
import { useFindCommands } from "@/features/finding/commands";
import { useHomeCommands, useWishCommands } from "@/features/home/commands";
import { useOrderCommands } from "@/features/orders/commands";
import { usePerformanceCommands } from "@/features/performances/commands";
import { useApprovalCommands } from "@/features/approvals/commands";
import { useSearchesCommands } from "@/features/searches/commands";
import { useWaitlistCommands } from "@/features/waitlist/commands";
import { useNotificationCommands } from "@/features/notifications/commands";
import { usePaymentCommands } from "@/features/payments/commands";
import { useQuotaCommands } from "@/features/quotas/commands";
import { useAdministrationCommands } from "@/features/administration/commands";
import { useMe } from "@/lib/api/readMe";
import { useReservationCommands } from "@/features/reservations/commands";
import { useCommands, useOfferCommands } from "@/lib/commands/registry";
import { Icon } from "@/ui/Icon";
import { useAppCommands } from "./commands";

/** The command palette: whatever the features and the page that is open offer, found by typing. */
export default function Palette() {
  useOfferCommands(useFindCommands());
  useOfferCommands(useHomeCommands());
  useOfferCommands(useReservationCommands());
  useOfferCommands(usePerformanceCommands());
  useOfferCommands(useOrderCommands());
  useOfferCommands(useApprovalCommands());
  useOfferCommands(useWaitlistCommands());
  useOfferCommands(useSearchesCommands());
  useOfferCommands(useQuotaCommands());
  useOfferCommands(usePaymentCommands());
  useOfferCommands(useNotificationCommands());
  useOfferCommands(useAccountCommands());
  useOfferCommands(useCalendarCommands());
  useOfferCommands(useAppCommands());
  useOfferCommands(useAdministrationCommands(useMe().data?.role === "admin"));
  return <Offered />;
}

// Apart from what offers: otherwise each offer would draw anew what makes the next one.
function Offered() {
  const { t } = useLingui();
  const [typed, setTyped] = useState("");
  const actions = [...useWishCommands(typed), ...useCommands()].map(({ run, ...one }) => ({ ...one, onClick: run }));
  const prompt = t`Type where to go or what to do`;
  return (
    <Spotlight
      actions={actions}
      query={typed}
      onQueryChange={setTyped}
      shortcut={["mod + K", "/"]}
      nothingFound={t`Nothing is called like this`}
      highlightQuery
      searchProps={{ leftSection: <Icon name="search" />, placeholder: prompt, "aria-label": prompt }}
    />
  );
}
