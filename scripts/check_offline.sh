#!/bin/sh
# Shows that `./run fetch-offline` packs all that a machine without network needs: packs in one clean
# Debian 13, unpacks and runs in another one whose network is off. Needs root, debootstrap and, for
# the first half, a network. Nothing of this machine's /dev is lent to either.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf --one-file-system "$scratch"' EXIT
trap 'exit 130' INT TERM

# The settings by which this machine reaches its packages.
lend_settings() {
  cp /etc/resolv.conf /etc/hosts "$1/etc/"
  for file in /etc/apt/auth.conf.d /etc/apt/apt.conf.d /etc/pip.conf /etc/ssl/certs; do
    [ ! -e "$file" ] || cp -r "$file" "$1$(dirname "$file")/"
  done
  rm -f "$1"/etc/apt/apt.conf.d/docker*
  if [ -d "$HOME/.config/pip" ]; then mkdir -p "$1/root/.config" && cp -r "$HOME/.config/pip" "$1/root/.config/"; fi
}

# run_inside FOLDER COMMAND [OPTION OF unshare]
run_inside() {
  # shellcheck disable=SC2016  # expanded by the inner shell
  unshare --mount ${3:-} sh -c 'mount -t proc proc "$1/proc" && exec chroot "$1" env HOME=/root sh -euc "$2"' sh "$1" "$2"
}

debootstrap --variant=minbase --include=ca-certificates trixie "$scratch/packing" >"$scratch/log" || {
  cat "$scratch/log"
  exit 3
}
cp -a "$scratch/packing" "$scratch/using"

lend_settings "$scratch/packing"
git clone -q --depth 1 "file://$root" "$scratch/packing/root/program"
mkdir "$scratch/packing/root/program/zicha"
echo confidential >"$scratch/packing/root/program/zicha/assess.yaml"
run_inside "$scratch/packing" 'cd /root/program && ./run fetch-offline /root/assess-offline.tar'

mkdir "$scratch/using/root/my programs"
mv "$scratch/packing/root/assess-offline.tar" "$scratch/using/root/my programs/"
: >"$scratch/using/etc/resolv.conf"
run_inside "$scratch/using" '
  export LC_ALL=C.UTF-8
  cd "/root/my programs"
  tar xf assess-offline.tar
  cd assess
  test ! -e zicha
  ./run demo
  ./run cluster --version
  ./run install
  /root/.local/bin/assess doctor
  test -s build/demo/reports/2026/round-full-en.pdf
  ./run install --remove
  test -z "$(find /root/.local /root/.config -type f 2>/dev/null)"
' --net
echo "packed, brought over and run without network"
