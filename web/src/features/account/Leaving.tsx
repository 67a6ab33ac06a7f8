import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Text } from "@mantine/core";
import { signOut } from "@/lib/api/session";
import { tellDone, tellProblem } from "@/ui/notice/toast";
import { useSignOutOthers } from "./api/signOutOthers";

/** Ends the session of this browser, or those of all other devices. */
export function Leaving() {
  const { t } = useLingui();
  const ending = useSignOutOthers();
  const endOthers = () =>
    ending.mutate({}, { onSuccess: () => tellDone(t`Your other devices are signed out.`), onError: tellProblem });
  return (
    <>
      <Text c="dimmed">
        <Trans>If you lost a device, or left yourself signed in somewhere, end the sessions there from here.</Trans>
      </Text>
      <Group>
        <Button variant="default" onClick={() => void signOut()}>
          <Trans>Sign out</Trans>
        </Button>
        <Button variant="default" loading={ending.isPending} onClick={endOthers}>
          <Trans>Sign out all other devices</Trans>
        </Button>
      </Group>
    </>
  );
}
