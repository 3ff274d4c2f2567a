#!/bin/sh
# `npm run solve:darp -- FILE ...`: node takes some ten milliseconds until it can listen for signals. Who ends the command
# before that gets its line from here: nothing was found yet.
stopped=
node=
stop() {
  stopped=yes
  [ -z "$node" ] || kill -TERM "$node" 2>/dev/null
}
trap stop TERM INT

node "$(dirname "$0")/run.mjs" "$@" &
node=$!
[ -z "$stopped" ] || kill -TERM "$node" 2>/dev/null
wait "$node" 2>/dev/null
status=$?
# A signal ends the waiting, not what is waited for.
while kill -0 "$node" 2>/dev/null; do
  wait "$node" 2>/dev/null
  status=$?
done
case $stopped$status in
  yes0 | yes2 | yes3) ;;
  yes*)
    echo '{"cost":0,"routes":[],"feasible":false,"seconds":0,"iterations":0}'
    status=3
    ;;
esac
exit "$status"
