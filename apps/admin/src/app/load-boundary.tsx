import { Component, type ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
  /** Shown where a part could not be loaded. */
  readonly failed: ReactNode;
}

/** Catches a part of the app that could not be loaded: otherwise nothing at all would be shown. */
export class LoadBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.failed : this.props.children;
  }
}
