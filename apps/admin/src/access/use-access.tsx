import { type Me, type Permission, PERMISSIONS } from '@kerbside/contracts';
import { createContext, type ReactNode, useContext } from 'react';
import { useText } from '../i18n/use-text.ts';

const Context = createContext<Me | undefined>(undefined);

/** Below here somebody is logged in. */
export function MeProvider({ me, children }: { me: Me; children: ReactNode }) {
  return <Context value={me}>{children}</Context>;
}

export function useMe(): Me {
  const me = useContext(Context);
  if (!me) throw new Error('nobody is logged in');
  return me;
}

export interface Access {
  readonly allowed: boolean;
  /** Why not, to show beside what is disabled. */
  readonly reason: string | undefined;
}

/** Whether who is logged in holds a permission, and if not, why not. */
export function useAccess(permission: Permission | 'self'): Access {
  const me = useMe();
  const { t } = useText();
  if (permission === 'self' || me.permissions.includes(permission))
    return { allowed: true, reason: undefined };
  return {
    allowed: false,
    reason: t('permission.needs', {
      role: t(`role.${PERMISSIONS[permission]}`),
      mine: t(`role.${me.role}`),
    }),
  };
}
