import { Button, type ButtonProps } from '@mantine/core';
import { type ReactNode, useId } from 'react';

export interface GuardedButtonProps extends ButtonProps {
  /** Why it cannot be used now: shown beneath and told to screen readers. */
  readonly blocked?: string | undefined;
  readonly onClick: () => void;
  readonly children: ReactNode;
  /** The reason is already visible elsewhere, such as once for a group of buttons. */
  readonly quiet?: boolean;
}

/** A button that stays visible when it may not be used, with the reason. */
export function GuardedButton({
  blocked,
  onClick,
  children,
  quiet = false,
  ...rest
}: GuardedButtonProps) {
  const id = useId();
  if (blocked === undefined)
    return (
      <Button {...rest} onClick={onClick}>
        {children}
      </Button>
    );
  return (
    <div className="kb-guarded">
      <Button
        {...rest}
        variant="default"
        fullWidth
        data-disabled
        aria-disabled
        aria-describedby={id}
        title={blocked}
        onClick={(event) => event.preventDefault()}
      >
        {children}
      </Button>
      <span id={id} className={quiet ? 'kb-visually-hidden' : 'kb-guarded-reason'}>
        {blocked}
      </span>
    </div>
  );
}
