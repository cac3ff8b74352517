/**
 * `sh -c GUARD guard SIGNAL GRACE_SECONDS PROGRAM ARGS…` runs a program whose life is tied to standard input: when the
 * other end of that pipe closes, which the kernel does for a parent that was killed with -9 too, the program gets SIGNAL
 * and after GRACE_SECONDS KILL. TERM and INT sent to the guard go on to the program, and its exit code comes back.
 */
export const GUARD = `
signal=$1 grace=$2; shift 2
exec 3<&0
"$@" </dev/null 3<&- &
child=$!
stop() { kill -"$1" "$child" 2>/dev/null; }
trap 'stop TERM' TERM HUP
trap 'stop INT' INT
{
  trap - TERM HUP INT
  while read -r _ <&3; do :; done
  kill -"$signal" "$child" 2>/dev/null
  left=$((grace * 10))
  while [ "$left" -gt 0 ] && kill -0 "$child" 2>/dev/null; do sleep 0.1; left=$((left - 1)); done
  kill -KILL "$child" 2>/dev/null
} >/dev/null 2>&1 &
watcher=$!
exec 3<&-
wait "$child"; code=$?
while kill -0 "$child" 2>/dev/null; do wait "$child"; code=$?; done
kill "$watcher" 2>/dev/null
exit "$code"
`;
