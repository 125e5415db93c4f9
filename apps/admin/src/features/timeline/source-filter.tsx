import { TIMELINE_SOURCES, type TimelineSource } from '@kerbside/contracts';
import { useText } from '../../i18n/use-text.ts';

/** Chips that hide and show sources; only sources that occur. */
export function SourceFilter({
  present,
  hidden,
  toggle,
}: {
  present: ReadonlyMap<TimelineSource, number>;
  hidden: ReadonlySet<TimelineSource>;
  toggle: (source: TimelineSource) => void;
}) {
  const { t, f } = useText();
  return (
    <fieldset className="kb-fieldset kb-tl-filter" aria-label={t('timeline.filter')}>
      {TIMELINE_SOURCES.filter((source) => present.has(source)).map((source) => (
        <button
          key={source}
          type="button"
          className="kb-tl-chip"
          data-source={source}
          aria-pressed={!hidden.has(source)}
          onClick={() => toggle(source)}
        >
          {t(`timeline.sources.${source}`)} <span>{f.number(present.get(source) ?? 0)}</span>
        </button>
      ))}
    </fieldset>
  );
}
