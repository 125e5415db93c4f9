import { Notifications } from '@mantine/notifications';

/** Where messages that pass by are shown. */
export function Toasts() {
  return <Notifications position="top-center" autoClose={5000} limit={3} />;
}
