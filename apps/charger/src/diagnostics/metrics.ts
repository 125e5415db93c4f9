type Labels = Readonly<Record<string, string | number>>;
type Kind = 'counter' | 'gauge' | 'histogram';

interface Family {
  readonly kind: Kind;
  readonly help: string;
  readonly values: Map<string, number>;
  readonly collect: ((set: (value: number, labels?: Labels) => void) => void) | undefined;
}

const escapeLabel = (value: string) =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

const keyOf = (labels: Labels) =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${escapeLabel(String(value))}"`)
    .join(',');

// a label value made by a peer must not grow the exposition without bound
const MAX_SERIES = 500;

/** Counters, gauges and histograms in the Prometheus text format. */
export class Metrics {
  readonly #families = new Map<string, Family>();

  counter(name: string, help: string): (labels?: Labels, by?: number) => void {
    const family = this.#family(name, 'counter', help);
    return (labels = {}, by = 1) => {
      const key = keyOf(labels);
      if (!family.values.has(key) && family.values.size >= MAX_SERIES) return;
      family.values.set(key, (family.values.get(key) ?? 0) + by);
    };
  }

  /** Observations without labels, in buckets up to each bound and beyond. */
  histogram(name: string, help: string, bounds: readonly number[]): (value: number) => void {
    const family = this.#family(name, 'histogram', help);
    const buckets = [...bounds.map(String), '+Inf'].map((le) => `_bucket{le="${le}"}`);
    for (const key of [...buckets, '_sum', '_count']) family.values.set(key, 0);
    const add = (key: string, by: number) =>
      family.values.set(key, (family.values.get(key) ?? 0) + by);
    return (value) => {
      buckets.forEach((key, i) => {
        if (value <= (bounds[i] ?? Number.POSITIVE_INFINITY)) add(key, 1);
      });
      add('_sum', value);
      add('_count', 1);
    };
  }

  /** A gauge that is read when it is asked for. */
  gauge(name: string, help: string, collect: NonNullable<Family['collect']>): void {
    this.#family(name, 'gauge', help, collect);
  }

  #family(name: string, kind: Kind, help: string, collect?: Family['collect']): Family {
    const known = this.#families.get(name);
    if (known) return known;
    const family: Family = { kind, help, values: new Map(), collect };
    this.#families.set(name, family);
    return family;
  }

  render(): string {
    const lines: string[] = [];
    for (const [name, family] of this.#families) {
      lines.push(`# HELP ${name} ${family.help}`, `# TYPE ${name} ${family.kind}`);
      const values = new Map(family.values);
      family.collect?.((value, labels = {}) => values.set(keyOf(labels), value));
      for (const [key, value] of values)
        lines.push(
          family.kind === 'histogram'
            ? `${name}${key} ${value}`
            : `${name}${key ? `{${key}}` : ''} ${value}`,
        );
    }
    return `${lines.join('\n')}\n`;
  }
}
