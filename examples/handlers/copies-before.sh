#!/usr/bin/env bash
# Lays out folders for `syncmgr handler test`: some files new, one changed.
#
#   copies-before.sh FROM TO
set -eu
rm -rf "$1" "$2"
for item in one two three; do
  mkdir -p "$1/$item" "$2/$item"
  for at in {1..15}; do echo "$item $at" > "$1/$item/new $at"; done
  echo after > "$1/$item/changed"
  echo before > "$2/$item/changed"
done
