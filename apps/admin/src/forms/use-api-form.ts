import type { RouteName, RouteRequest, RouteResponse } from '@kerbside/contracts';
import {
  type DefaultValues,
  type FieldValues,
  type Path,
  useForm,
  type UseFormReturn,
} from 'react-hook-form';
import type { z } from 'zod';
import type { ApiError } from '../api/problem.ts';
import { useCommand } from '../api/query.ts';
import { zodResolver } from './zod-resolver.ts';

export interface ApiForm<V extends FieldValues> {
  readonly form: UseFormReturn<V>;
  readonly submit: (event?: React.BaseSyntheticEvent) => Promise<void>;
  readonly pending: boolean;
  /** What the charger said that belongs to no single field. */
  readonly error: ApiError | undefined;
}

/** A form that sends a route: checked by its schema here, by the charger there; field errors land at their fields. */
export function useApiForm<V extends FieldValues, N extends RouteName>(options: {
  route: N;
  schema: z.ZodType<V, V>;
  defaults: DefaultValues<NoInfer<V>>;
  request: (values: V) => RouteRequest<N>;
  invalidates?: readonly RouteName[];
  done?: (answer: RouteResponse<N>, values: V) => void;
}): ApiForm<V> {
  const form = useForm<V, unknown, V>({
    defaultValues: options.defaults,
    resolver: zodResolver(options.schema),
    mode: 'onTouched',
  });
  const command = useCommand(options.route, options.invalidates ?? []);
  const submit = form.handleSubmit(async (values) => {
    try {
      const answer = await command.mutateAsync(options.request(values));
      options.done?.(answer, values);
    } catch (error) {
      const { fields } = error as ApiError;
      for (const [name, message] of Object.entries(fields ?? {}))
        if (name in values) form.setError(name as Path<V>, { message });
    }
  });
  const placed = Object.keys(command.error?.fields ?? {}).some((name) => name in form.getValues());
  return {
    form,
    submit,
    pending: command.isPending,
    error: placed ? undefined : (command.error ?? undefined),
  };
}
