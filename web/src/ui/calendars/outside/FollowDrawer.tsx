import { useLingui } from "@lingui/react/macro";
import { FileInput, SegmentedControl, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { ReactNode } from "react";
import { FormDrawer } from "../../form/FormDrawer";
import { tellDone } from "../../notice/toast";
import { useCreateSubscription } from "./api/createSubscription";
import type { Follower } from "./subscription";

type FollowValues = { name: string; source: "address" | "file"; url: string; file: File | null };

interface Props {
  follower: Follower;
  /** What will come of it. */
  about: ReactNode;
  onClose: () => void;
}

/** Follows a calendar from outside, at an address or from a file. */
export function FollowDrawer({ follower, about, onClose }: Props) {
  const { t } = useLingui();
  const creating = useCreateSubscription();
  const form = useForm<FollowValues>({
    initialValues: { name: "", source: "address", url: "", file: null },
    validate: {
      name: (name) => (name.trim() ? null : t`This is needed.`),
      url: (url, { source }) => (source === "file" || /^(https?|webcal):\/\/\S+$/i.test(url.trim()) ? null : t`Write an address that begins with https://, http:// or webcal://.`),
      file: (file, { source }) => (source === "address" || file ? null : t`Choose a file.`),
    },
  });
  const save = async ({ name, source, url, file }: FollowValues) => {
    const from = source === "file" ? { file: await file!.text() } : { url: url.trim() };
    await creating.mutateAsync({ body: { ...follower, name: name.trim(), ...from } });
    tellDone(t`${name} is followed from now on.`);
  };
  return (
    <FormDrawer title={t`Follow a calendar`} form={form} onSave={save} onClose={onClose} deed={t`Follow it`}>
      <Text>{about}</Text>
      <TextInput label={t`Name`} placeholder={t`Such as: timetable`} maxLength={200} data-autofocus {...form.getInputProps("name")} />
      <SegmentedControl
        aria-label={t`Where it is`}
        data={[
          { value: "address", label: t`At an address` },
          { value: "file", label: t`In a file` },
        ]}
        {...form.getInputProps("source")}
      />
      {form.values.source === "address" ? (
        <TextInput
          label={t`Address`}
          description={t`It is read again and again; its owner's program shows it under sharing or export.`}
          placeholder="https://…/calendar.ics"
          inputMode="url"
          maxLength={2000}
          {...form.getInputProps("url")}
        />
      ) : (
        <FileInput
          size="md"
          label={t`File`}
          description={t`As it is now. For changes, remove it and take the new file.`}
          accept=".ics,text/calendar"
          placeholder={t`Choose a file`}
          clearable
          clearButtonProps={{ "aria-label": t`Another file` }}
          {...form.getInputProps("file")}
        />
      )}
    </FormDrawer>
  );
}
