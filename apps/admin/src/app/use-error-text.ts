import { useCallback } from 'react';
import type { ApiError } from '../api/problem.ts';
import { useText } from '../i18n/use-text.ts';

/** What went wrong in one sentence. */
export function useErrorText(): (error: ApiError) => string {
  const { t } = useText();
  return useCallback(
    (error) => {
      if (error.kind === 'offline') return t('error.offline');
      if (error.kind === 'unexpected') return t('error.unexpected');
      if (error.retryAfter !== undefined)
        return t('error.wait', { seconds: Math.ceil(error.retryAfter) });
      if (error.status === 403) return t('error.forbidden');
      if (error.status === 404) return t('error.notFound');
      return error.message;
    },
    [t],
  );
}
