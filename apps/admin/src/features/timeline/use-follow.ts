import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** Keeps a list at its newest entry until the reader scrolls up; counts what came since. */
export function useFollow(
  live: boolean,
  length: number,
): {
  list: RefObject<HTMLDivElement | null>;
  following: boolean;
  setFollowing: (following: boolean) => void;
  fresh: number;
  onScroll: () => void;
} {
  const list = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(live);
  const [seen, setSeen] = useState(length);

  useLayoutEffect(() => {
    const element = list.current;
    if (live && following && element) element.scrollTop = element.scrollHeight;
  });

  const follow = (next: boolean) => {
    setFollowing(next);
    setSeen(length);
  };
  const onScroll = () => {
    const element = list.current;
    if (!live || !element) return;
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < 24;
    if (atEnd !== following) follow(atEnd);
  };
  return {
    list,
    following,
    setFollowing: follow,
    fresh: following ? 0 : Math.max(0, length - seen),
    onScroll,
  };
}
