import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { ConfirmButton } from "@/ui/form/ConfirmButton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellDone } from "@/ui/notice/toast";
import { useApprove } from "./api/approve";
import { useReject } from "./api/reject";

const MESSAGE_LENGTH_MAX = 500;

/** Approves at once, and asks before it rejects: neither can be taken back. */
export function Decide({ approval }: { approval: components["schemas"]["ApprovalShown"] }) {
  const { t } = useLingui();
  const [message, setMessage] = useState("");
  const approving = useApprove();
  const rejecting = useReject();
  const owner = approval.owner.name;
  const decision = {
    params: { path: { request_id: approval.id } },
    body: { message: message.trim() || null },
  };
  const reject = async () => {
    await rejecting.mutateAsync(decision);
    tellDone(t`Rejected. ${owner} is told.`);
  };
  const refusal = approving.error ?? rejecting.error;
  return (
    <Stack gap="sm">
      {refusal && <ProblemAlert error={refusal} />}
      <TextInput
        label={t`Message to ${owner} (optional)`}
        maxLength={MESSAGE_LENGTH_MAX}
        value={message}
        onChange={(event) => setMessage(event.currentTarget.value)}
      />
      <Group>
        <Button
          loading={approving.isPending}
          disabled={rejecting.isPending}
          onClick={() => approving.mutate(decision, { onSuccess: () => tellDone(t`Approved. ${owner} is told.`) })}
        >
          <Trans>Approve</Trans>
        </Button>
        <ConfirmButton
          question={t`Reject this?`}
          consequence={
            approval.moves ? (
              <Trans>The reservation stays where it was, and {owner} is told. This cannot be undone.</Trans>
            ) : (
              <Trans>The reservation is cancelled, and {owner} is told. This cannot be undone.</Trans>
            )
          }
          deed={t`Reject it`}
          busy={rejecting.isPending}
          disabled={approving.isPending}
          onConfirm={reject}
        >
          <Trans>Reject …</Trans>
        </ConfirmButton>
      </Group>
    </Stack>
  );
}
