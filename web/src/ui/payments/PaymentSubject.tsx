import type { components } from "@generated/schema";
import { Trans } from "@lingui/react/macro";
import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";

type Payment = Pick<components["schemas"]["PaymentShown"], "of" | "reservation_id" | "performance">;

/** What a payment is for, which leads to its page: a reservation, or an order with what it has seats of. */
export function PaymentSubject({ payment }: { payment: Payment }) {
  const { reservation_id: number, performance } = payment;
  if (payment.of === "reservation")
    return (
      <Anchor inherit underline="always" renderRoot={(props) => <Link to="/reservations/$reservationId" params={{ reservationId: number }} {...props} />}>
        <Trans>Reservation {number}</Trans>
      </Anchor>
    );
  return (
    <Anchor inherit underline="always" renderRoot={(props) => <Link to="/orders/$orderId" params={{ orderId: number }} {...props} />}>
      {performance ? (
        <Trans>
          Order {number} · {performance}
        </Trans>
      ) : (
        <Trans>Order {number}</Trans>
      )}
    </Anchor>
  );
}
