import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconCheck,
  IconDeviceDesktop,
  IconKey,
  IconLogout,
  IconMoon,
  IconSun,
  IconUser,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../access/use-access.tsx';
import { useCommand } from '../../api/query.ts';
import { chooseLanguage, type Language, LANGUAGES } from '../../i18n/i18n.ts';
import { useText } from '../../i18n/use-text.ts';

const PasswordDialog = lazy(async () => ({
  default: (await import('../../features/access/password-dialog.tsx')).PasswordDialog,
}));

const schemes = [
  { value: 'light', key: 'light', icon: IconSun },
  { value: 'dark', key: 'dark', icon: IconMoon },
  { value: 'auto', key: 'system', icon: IconDeviceDesktop },
] as const;

export function UserMenu() {
  const { t } = useText();
  const { i18n } = useTranslation();
  const me = useMe();
  const queries = useQueryClient();
  const logout = useCommand('logout');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [asking, password] = useDisclosure(false);
  // stays from the first use on, so that closing is told to it and the focus goes back
  const [asked, setAsked] = useState(false);
  const ask = () => {
    setAsked(true);
    password.open();
  };
  const leave = () =>
    logout.mutate({}, { onSettled: () => void queries.resetQueries({ queryKey: ['getMe'] }) });
  return (
    <>
      <Menu position="bottom-end" width={260} shadow="md" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={48}
            radius="xl"
            aria-label={t('shell.user', { name: me.name })}
          >
            <IconUser size={22} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <div className="kb-menu-head">
            <strong>{me.name}</strong>
            <span>{t('shell.role', { role: t(`role.${me.role}`) })}</span>
          </div>
          <Menu.Divider />
          <Menu.Label>{t('shell.appearance')}</Menu.Label>
          {schemes.map(({ value, key, icon: Icon }) => (
            <Menu.Item
              key={value}
              leftSection={<Icon size={18} aria-hidden />}
              rightSection={colorScheme === value ? <IconCheck size={16} aria-hidden /> : null}
              aria-current={colorScheme === value}
              onClick={() => setColorScheme(value)}
            >
              {t(`shell.${key}`)}
            </Menu.Item>
          ))}
          <Menu.Label>{t('app.language')}</Menu.Label>
          {Object.entries(LANGUAGES).map(([code, name]) => (
            <Menu.Item
              key={code}
              lang={code}
              rightSection={i18n.language === code ? <IconCheck size={16} aria-hidden /> : null}
              aria-current={i18n.language === code}
              onClick={() => void chooseLanguage(code as Language)}
            >
              {name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconKey size={18} aria-hidden />} onClick={ask}>
            {t('shell.password')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={18} aria-hidden />} onClick={leave}>
            {t('shell.logout')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asked ? (
        <Suspense fallback={null}>
          <PasswordDialog opened={asking} close={password.close} />
        </Suspense>
      ) : null}
    </>
  );
}
