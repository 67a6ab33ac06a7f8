import { Anchor, Group } from "@mantine/core";
import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Icon } from "./Icon";

/** The way back to the page above this one. */
export function BackLink({ children, ...to }: LinkProps & { children: ReactNode }) {
  return (
    <Anchor w="fit-content" renderRoot={(props) => <Link {...props} {...to} />}>
      <Group gap={4} component="span">
        <Icon name="left" />
        {children}
      </Group>
    </Anchor>
  );
}
