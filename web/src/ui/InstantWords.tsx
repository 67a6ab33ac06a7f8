import { Text } from "@mantine/core";
import { useLocale } from "@/lib/i18n/useLocale";
import { distanceWords, instantWords } from "@/lib/time/format";
import { useViewerZone } from "@/lib/time/ViewerZone";

/** An instant as the viewer's clock shows it, and how far it is from now. */
export function InstantWords({ at }: { at: string }) {
  const locale = useLocale();
  const zone = useViewerZone();
  const instant = new Date(at);
  return (
    <Text span inherit>
      {instantWords(instant, zone, locale)} ({distanceWords(instant, new Date(), locale)})
    </Text>
  );
}
