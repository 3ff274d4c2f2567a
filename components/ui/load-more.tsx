import { Button } from "./button";

type Props = { list: { hasMore: boolean; isLoadingMore: boolean; loadMore: () => void } };

/** Brings the next page of a list that is longer than what was loaded. */
export function LoadMore({ list: { hasMore, isLoadingMore, loadMore } }: Props) {
  if (!hasMore) return null;
  return (
    <Button size="sm" busy={isLoadingMore} onClick={loadMore}>
      Load more
    </Button>
  );
}
