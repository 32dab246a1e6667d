#!/bin/sh
# Nothing of GOV.UK's brand may be in the built files: their licence covers the code, not the brand.
# Nor may anything be fetched from elsewhere. Run after the build; status 1 and the file when something is there.
set -eu
dist="$(dirname "$0")/../krama/web/static/dist"
test -s "$dist/krama.css"
for word in 'GDS Transport' 'crest' '1d70b8' 'crown' '@import' 'data:' '//# sourceMapping'; do
  found=$(grep -liF -e "$word" "$dist/krama.css" "$dist/krama.js" "$dist/icons.svg" || true)
  if [ -n "$found" ]; then
    echo "found '$word' in: $found" >&2
    exit 1
  fi
done
echo "dist is free of foreign brands"
