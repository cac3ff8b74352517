/**
 * Fills an empty volume ("lost+found" is nothing), the second argument, with a folder of the image, the first. Everything
 * is copied beside its place and then moved there, piece by piece: whoever is stopped in between goes on where he was, or
 * begins anew, and never takes the half for the whole. Nothing that is there is written over. Owners are kept where the
 * user may; a folder that a group was given stays that group's. Of several pods that begin at once one fills and the others
 * wait for it; the lock is that of the folder itself, and goes with whoever holds it.
 */
export const FILL_SCRIPT = `set -e
from=$1 to=$2 new=$2/.ushadow-copy-up
[ -d "$from" ] || exit 0
if command -v flock > /dev/null && (: < "$to"); then
  exec 9< "$to"
  flock 9 || true
fi
if [ ! -e "$new/whole" ]; then
  rm -rf "$new"
  for path in "$to"/* "$to"/.[!.]* "$to"/..?*; do
    if [ "$path" != "$to/lost+found" ] && { [ -e "$path" ] || [ -L "$path" ]; }; then exit 0; fi
  done
  mkdir -p "$new/files"
  if ! cp -a "$from/." "$new/files/"; then
    rm -rf "$new/files"
    mkdir "$new/files"
    cp -RP "$from/." "$new/files/"
  fi
  chmod u+w "$new/files"
  if [ "$(id -u)" = 0 ] && [ ! -g "$to" ]; then
    chown "$(stat -c %u:%g "$from")" "$to" && chmod "$(stat -c %a "$from")" "$to" || true
  fi
  sync || true
  : > "$new/whole"
fi
for path in "$new/files"/* "$new/files"/.[!.]* "$new/files"/..?*; do
  place=$to/\${path##*/}
  if [ ! -e "$path" ] && [ ! -L "$path" ]; then continue; fi
  if [ -e "$place" ] || [ -L "$place" ]; then continue; fi
  mv "$path" "$place" || [ ! -e "$path" ]
done
rm -rf "$new"
`;
