# shellcheck shell=sh
# Sourced by `run`: machines without network. `./run fetch-offline` packs everything into one file;
# where the folder `offline` stands beside `run`, `./run` installs from it and asks no network.

offline=$root/offline

# What the packages depend on: the system, its processor and its Python.
system_words() {
  # shellcheck source=/dev/null
  (. /etc/os-release && printf '%s %s %s Python %s\n' "$ID" "${VERSION_ID:-}" "$(dpkg --print-architecture)" "$1")
}

python_version() { "$1" -c 'import sys; print(*sys.version_info[:2], sep=".")'; }

check_offline_system() {
  [ -f "$offline/system" ] || return 0
  here=$(system_words "$(python_version "$1")")
  packed=$(cat "$offline/system")
  [ "$here" != "$packed" ] || return 0
  say "文件夹 offline 是给 $packed 准备的，本机是 $here。请在与本机相同的系统上重新运行 ./run fetch-offline"
  say "the folder offline was packed for $packed, this machine is $here: run ./run fetch-offline again on a system like this one"
  exit 3
}

# apt with the packages of the folder as its only source. Its path may hold blanks, which a source may not.
install_offline_packages() {
  lists=$(mktemp -d)
  trap 'rm -rf "$lists"' EXIT
  ln -s "$offline/packages" "$lists/packages"
  mkdir -p "$lists/lists/partial"
  echo "deb [trusted=yes] file:$lists/packages ./" >"$lists/sources.list"
  set -- -qq -o Dir::Etc::sourcelist="$lists/sources.list" -o Dir::Etc::sourceparts=- \
    -o Dir::State::lists="$lists/lists" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= \
    -o APT::Sandbox::User=root "$@"
  # shellcheck disable=SC2086  # $as_root: a word or none; $missing: a list of words
  $as_root apt-get "$@" update >&2 &&
    DEBIAN_FRONTEND=noninteractive $as_root apt-get "$@" install -y --no-install-recommends $missing >&2
  result=$?
  rm -rf "$lists"
  trap - EXIT
  return "$result"
}

# fetch_offline [FILE]: pack the program, its Python packages and the system packages into one file.
fetch_offline() {
  if ! has_command apt-get; then
    say "只能在 Debian、Ubuntu 一类用 apt 的系统上准备 / only systems with apt, such as Debian and Ubuntu, can pack it"
    exit 3
  fi
  setup run
  version=$(python_version "$venv/bin/python")
  name=$(system_words "$version" | tr -d ' ' | tr -c 'A-Za-z0-9.\n' '-')
  file=${1:-$root/build/assess-offline-$name.tar}
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  pack=$folder/assess
  mkdir -p "$pack/offline/wheels" "$pack/offline/packages" "$(dirname "$file")"
  (cd "$root" && tar -cf - --exclude=./.venv --exclude=./build --exclude=./offline --exclude='*cache*' .) |
    tar -C "$pack" -xf -
  say "下载 Python 软件包（按散列值核对）/ downloading Python packages (checked by hash)"
  "$venv/bin/python" -m pip download -q --disable-pip-version-check --require-hashes --only-binary :all: \
    -d "$pack/offline/wheels" -r "$root/requirements.txt"
  say "下载系统软件包 / downloading system packages"
  download_packages "$folder" "$pack/offline/packages"
  system_words "$version" >"$pack/offline/system"
  tar -C "$folder" -cf "$file" assess
  rm -rf "$folder"
  trap - EXIT
  say "已写好。拷到系统相同（$(system_words "$version")）、不能联网的机器上，核对散列值，然后运行："
  say "written. Bring it to a machine of the same system without network, compare the digest, then run there:"
  say "  tar xf $(basename "$file") && cd assess && ./run demo"
  (cd "$(dirname "$file")" && sha256sum "$(basename "$file")")
}

# download_packages SCRATCH FOLDER: the system packages with all that they need, down to the base system, and an index
# for apt. An empty list of installed packages makes apt name all of them: the other machine may lack any.
download_packages() {
  : >"$1/status"
  mkdir -p "$1/archives/partial"
  # shellcheck disable=SC2086  # a list of words
  apt-get -qq -y -o Dir::State::status="$1/status" -o Dir::Cache::archives="$1/archives" -o Debug::NoLocking=1 \
    -o APT::Sandbox::User=root --no-install-recommends --download-only install python3 $system_packages >&2
  mv "$1"/archives/*.deb "$2"
  for package in "$2"/*.deb; do
    dpkg-deb -f "$package"
    printf 'Filename: ./%s\nSize: %s\nSHA256: %s\n\n' "$(basename "$package")" "$(stat -c %s "$package")" \
      "$(sha256sum "$package" | cut -d ' ' -f 1)"
  done >"$2/Packages"
}
