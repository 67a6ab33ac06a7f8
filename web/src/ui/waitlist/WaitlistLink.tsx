import { Trans } from "@lingui/react/macro";
import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";

/** Leads to one's own places in the waitlist. */
export function WaitlistLink({ onClick }: { onClick?: () => void }) {
  return (
    <Anchor renderRoot={(props) => <Link to="/waitlist" {...props} onClick={onClick} />}>
      <Trans>See what I wait for</Trans>
    </Anchor>
  );
}
