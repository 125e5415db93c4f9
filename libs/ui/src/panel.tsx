import { Card, Group, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

/** A titled section of a page. */
export function Panel({
  title,
  aside,
  children,
  flush = false,
  className,
}: {
  title: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  /** The content brings its own padding, such as a list that runs to the edges. */
  flush?: boolean;
  className?: string;
}) {
  const id = useId();
  return (
    <Card component="section" aria-labelledby={id} className={className} p={0}>
      <Group justify="space-between" wrap="nowrap" px="md" pt="md" pb={flush ? 'xs' : 0} mih={40}>
        <Title order={2} id={id}>
          {title}
        </Title>
        {aside}
      </Group>
      <div className={flush ? 'kb-panel-flush' : 'kb-panel-body'}>{children}</div>
    </Card>
  );
}
