import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Badge, Button, Group, List, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useMe } from "@/lib/api/readMe";
import { useLocale } from "@/lib/i18n/useLocale";
import { instantWords, zoneWords } from "@/lib/time/format";
import { SubscribeButton } from "@/ui/calendars/SubscribeButton";
import { Icon } from "@/ui/Icon";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { Page } from "@/ui/Page";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { useReserve } from "@/ui/reserve/useReserve";
import { SvgPicture } from "@/ui/SvgPicture";
import { useDoorPicture } from "./api/readDoorPicture";
import { usePolicy } from "./api/readPolicy";
import { useResource } from "./api/readResource";
import { useStatus } from "./api/readStatus";
import { HoursCard } from "./HoursCard";
import { usePolicySentences } from "./policySentences";
import { Week } from "./Week";

type Resource = components["schemas"]["ResourceShape"];

const route = getRouteApi("/signed-in/resources/$resourceId");
const HOUR_MS = 3_600_000;

export function ResourcePage() {
  const { t } = useLingui();
  const { resourceId } = route.useParams();
  const resource = useResource(resourceId);
  if (!resource.data)
    return (
      <Page title={t`Resource ${resourceId}`} width="wide">
        {resource.isPending && <ListSkeleton rows={3} height={160} />}
        {resource.isError && <ProblemAlert error={resource.error} onRetry={() => void resource.refetch()} />}
      </Page>
    );
  return <Known resource={resource.data} />;
}

function Known({ resource: one }: { resource: Resource }) {
  const { week } = route.useSearch();
  const navigate = route.useNavigate();
  const reserve = useReserve();
  const me = useMe().data;
  const wishFrom = (start: Date) =>
    reserve.open({ resources: [{ id: one.id, name: one.name, timezone: one.timezone }], start, end: new Date(start.getTime() + HOUR_MS) });
  const next = () => new Date(Math.ceil(Date.now() / HOUR_MS) * HOUR_MS);
  const mayReserve = !one.retired && me !== undefined && me.role !== "guest";
  return (
    <Page
      title={one.name}
      width="wide"
      above={<Text c="dimmed">{one.site_path.join(" › ")}</Text>}
      actions={
        <Group gap="sm" className="no-print">
          <Button variant="default" onClick={() => window.print()}>
            <Trans>Print the week</Trans>
          </Button>
          {mayReserve && (
            <Button onClick={() => wishFrom(next())}>
              <Trans>Reserve</Trans>
            </Button>
          )}
        </Group>
      }
    >
      <Status resourceId={one.id} zone={one.timezone} />
      <Week
        resource={one}
        day={week}
        onDay={(day) => void navigate({ search: { week: day }, replace: true })}
        onPick={mayReserve ? wishFrom : undefined}
      />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" className="no-print">
        <Facts resource={one} />
        <HoursCard resourceId={one.id} zone={one.timezone} />
        <PolicyCard resourceId={one.id} viewerId={me?.id} />
        <DoorCard resource={one} />
        <CalendarCard resource={one} />
      </SimpleGrid>
      {reserve.dialog}
    </Page>
  );
}

/** What the resource is doing now. */
function Status({ resourceId, zone }: { resourceId: number; zone: string }) {
  const { t } = useLingui();
  const locale = useLocale();
  const status = useStatus(resourceId).data;
  if (!status) return null;
  const looks = {
    free: { color: "green", icon: "check", words: t`Free now` },
    busy: { color: "red", icon: "cross", words: t`Taken now` },
    closed: { color: "gray", icon: "moon", words: t`Closed now` },
    retired: { color: "gray", icon: "cross", words: t`No longer in use` },
  } as const;
  const { color, icon, words } = looks[status.state];
  return (
    <Group gap="sm" className="no-print">
      <Badge color={color} variant="light" size="lg" tt="none" fw={600} leftSection={<Icon name={icon} size={14} />}>
        {words}
      </Badge>
      {status.until && (
        <Text c="dimmed">
          <Trans>until {instantWords(new Date(status.until), zone, locale)}</Trans>
        </Text>
      )}
    </Group>
  );
}

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper p="lg" withBorder component="section" aria-label={title}>
      <Stack gap="sm">
        <Title order={2}>{title}</Title>
        {children}
      </Stack>
    </Paper>
  );
}

function Facts({ resource: one }: { resource: Resource }) {
  const { t } = useLingui();
  const place = zoneWords(one.timezone);
  const facts = [
    [t`Kind`, one.kind],
    [t`Room for`, one.capacity],
    [t`Place`, one.site_path.join(" › ")],
    [t`Clocks of`, place],
    ...Object.entries(one.attributes).map(([name, value]) => [name, typeof value === "object" ? JSON.stringify(value) : String(value)] as const),
  ] as const;
  return (
    <Card title={t`About it`}>
      {one.description && <Text style={{ whiteSpace: "pre-line" }}>{one.description}</Text>}
      {facts
        .filter(([, value]) => value !== null && value !== "")
        .map(([name, value]) => (
          <Group key={name} justify="space-between" wrap="nowrap">
            <Text c="dimmed">{name}</Text>
            <Text ta="right">{value}</Text>
          </Group>
        ))}
      {one.tags.length > 0 && (
        <Group gap={6}>
          {one.tags.map((tag) => (
            <Badge key={tag} variant="light" size="lg" tt="none" fw={500}>
              {tag}
            </Badge>
          ))}
        </Group>
      )}
    </Card>
  );
}

function PolicyCard({ resourceId, viewerId }: { resourceId: number; viewerId: number | undefined }) {
  const { t } = useLingui();
  const policy = usePolicy(resourceId);
  const sentences = usePolicySentences();
  return (
    <Card title={t`Rules`}>
      {policy.isPending && <ListSkeleton rows={2} height={40} />}
      {policy.isError && <ProblemAlert error={policy.error} onRetry={() => void policy.refetch()} />}
      {policy.data && (
        <List spacing={6}>
          {sentences(policy.data.effective, viewerId).map((one) => (
            <List.Item key={one}>{one}</List.Item>
          ))}
        </List>
      )}
    </Card>
  );
}

function DoorCard({ resource: one }: { resource: Resource }) {
  const { t } = useLingui();
  const picture = useDoorPicture(one.id);
  return (
    <Card title={t`At the door`}>
      <Group wrap="nowrap" align="flex-start">
        {picture.data && <SvgPicture svg={picture.data} alt={t`QR code of the door display of ${one.name}`} size={132} />}
        <Stack gap="xs">
          <Text>
            <Trans>Beside the door, a tablet shows what is now and next. Open this there, or scan it.</Trans>
          </Text>
          <Anchor href={`/door/${one.id}`} target="_blank" rel="noopener">
            <Trans>Open the door display</Trans>
          </Anchor>
        </Stack>
      </Group>
    </Card>
  );
}

function CalendarCard({ resource: one }: { resource: Resource }) {
  const { t } = useLingui();
  return (
    <Card title={t`In your calendar`}>
      <Text>
        <Trans>See in the calendar of your phone or computer when it is taken.</Trans>
      </Text>
      <SubscribeButton kind="resource" id={one.id} name={one.name} />
    </Card>
  );
}
