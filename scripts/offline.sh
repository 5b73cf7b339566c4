# shellcheck shell=sh
# Sourced by `run`: machines without network. `./run fetch-offline` packs everything into one file;
# where the folder `offline` stands beside `run`, `./run` installs from it and asks no network.

offline=$root/offline

# The words come from a file of another machine, too: no character may control the terminal.
keep_plain_characters() { LC_ALL=C tr -cd 'A-Za-z0-9 ._-'; }

# What the system packages depend on: the system and its processor.
machine_words() {
  # shellcheck source=/dev/null
  (. /etc/os-release && printf '%s %s %s' "$ID" "${VERSION_ID:-}" "$(dpkg --print-architecture 2>/dev/null)") |
    keep_plain_characters
}

# What the Python packages depend on, besides.
python_words() { printf 'Python %s\n' "$("$1" -c 'import sys; print(*sys.version_info[:2], sep=".")')"; }

packed_words() { head -c 100 "$offline/system" | keep_plain_characters; }

# Before anything is installed.
check_offline_machine() {
  [ -f "$offline/system" ] || return 0
  packed=$(packed_words)
  refuse_other_system "${packed%% Python *}" "$(machine_words)"
}

# After Python was installed from the folder, where it was missing.
check_offline_python() {
  [ -f "$offline/system" ] || return 0
  refuse_other_system "$(packed_words)" "$(machine_words) $(python_words "$1")"
}

# refuse_other_system PACKED PRESENT
refuse_other_system() {
  [ "$1" != "$2" ] || return 0
  say "文件夹 offline 是给 $1 准备的，本机是 $2。请在与本机相同的系统上重新运行 ./run fetch-offline"
  say "the folder offline was packed for $1, this machine is $2: run ./run fetch-offline again on a system like this one"
  exit 3
}

# apt with the packages of the folder as its only source. The path of a source may hold no blanks: the folder is
# linked to from /tmp, whatever TMPDIR says.
install_offline_packages() {
  lists=$(mktemp -d /tmp/assess-packages.XXXXXX) || return 1
  trap '$as_root rm -rf "$lists"' EXIT
  trap 'exit 130' INT TERM
  ln -s "$offline/packages" "$lists/packages"
  mkdir -p "$lists/lists/partial"
  echo "deb [trusted=yes] file:$lists/packages ./" >"$lists/sources.list"
  set -- -qq -o Dir::Etc::sourcelist="$lists/sources.list" -o Dir::Etc::sourceparts=- \
    -o Dir::State::lists="$lists/lists" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= \
    -o APT::Sandbox::User=root "$@"
  # shellcheck disable=SC2086  # $as_root: a word or none; $missing: a list of words
  $as_root apt-get "$@" update >&2 &&
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get "$@" install -y --no-install-recommends $missing >&2
  result=$?
  $as_root rm -rf "$lists"
  trap - EXIT INT TERM
  return "$result"
}

# Packed is what the program needs, also on a cluster; what making it and its documentation needs is not.
say_how_to_do_without_network() {
  if [ "$level" = run ] || [ "$level" = cluster ]; then
    say "没有装上。第一次运行要联网，以后不再需要。本机不能联网时，在能联网、系统和 Python 版本都相同的机器上，"
    say "于本程序的文件夹里运行下面的命令，把做好的文件带到这里解开，再运行其中的 ./run $command："
    say "not installed. The first run needs a network, later ones don't. Without one, run the command below in this"
    say "program's folder on a machine with network and the same system and Python; bring the file that it makes here,"
    say "unpack it, and run ./run $command in it:"
    say "  ./run fetch-offline"
    return
  fi
  say "没有装上。./run $command 所需的软件要联网安装，./run fetch-offline 也不装入：请在能联网的机器上运行 ./run $command"
  say "not installed. What ./run $command needs comes over a network, ./run fetch-offline does not pack it: run it on a machine with network"
  case $command in
  docs)
    say "网页不联网也能看：把那里的文件夹 build/docs 拷到这里"
    say "the pages are read without network: bring the folder build/docs from there"
    ;;
  wheel)
    say "再把那里的 build/assess-….whl 拷到这里"
    say "bring build/assess-….whl from there"
    ;;
  esac
}

# fetch_offline [FILE]: pack the program, its Python packages and the system packages into one file.
fetch_offline() {
  case ${1:-} in -*) usage && exit 2 ;; esac
  if ! has_command apt-get; then
    say "只能在 Debian、Ubuntu 一类用 apt 的系统上准备 / only systems with apt, such as Debian and Ubuntu, can pack it"
    exit 3
  fi
  setup run
  system="$(machine_words) $(python_words "$venv/bin/python")"
  name=$(printf '%s\n' "$system" | tr -d ' ' | tr -c 'A-Za-z0-9.\n' '-')
  file=${1:-$root/build/assess-offline-$name.tar}
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  trap 'exit 130' INT TERM
  pack=$folder/assess
  copy_program "$pack"
  mkdir -p "$pack/offline/wheels" "$pack/offline/packages" "$(dirname "$file")"
  say "下载 Python 软件包（按散列值核对）/ downloading Python packages (checked by hash)"
  for lock in requirements.txt requirements-cluster.txt; do
    "$venv/bin/python" -P -m pip download -q --disable-pip-version-check --require-hashes --only-binary :all: \
      -d "$pack/offline/wheels" -r "$root/$lock"
  done
  say "下载系统软件包 / downloading system packages"
  download_packages "$folder" "$pack/offline/packages"
  printf '%s\n' "$system" >"$pack/offline/system"
  write_pack "$folder" "$file"
  rm -rf "$folder"
  trap - EXIT INT TERM
  say "已写好。拷到系统相同（$system）、不能联网的机器上，核对散列值，然后运行："
  say "written. Bring it to a machine of the same system without network, compare the digest, then run there:"
  say "  tar xf $(basename "$file") && cd assess && ./run demo"
  (cd "$(dirname "$file")" && sha256sum "$(basename "$file")")
}

# What is packed where the folder is no repository. Workspaces of the user may stand beside these, or in them.
program_names="run LICENSE README.md README.en.md CHANGELOG.md CONTRIBUTING.md pyproject.toml requirements.txt
  requirements-cluster.txt checklists docs scripts src templates"

# copy_program PACK: the program alone, as it was committed; what else lies in its folder may be confidential.
copy_program() {
  unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE # a hook of git has them
  if is_repository_of_program; then
    git -C "$root" diff --quiet HEAD ||
      say "没有提交的改动不装入 / changes that are not committed are not packed"
    # Without --no-local all commits are copied. A reflog or a template may hold names of this machine.
    git -c core.logAllRefUpdates=false -c core.autocrlf=false -c core.hooksPath=/dev/null -c advice.detachedHead=false \
      clone -q --no-local --origin origin --depth 1 --no-tags --template= -- "$root" "$1"
    git -C "$1" remote remove origin
    return
  fi
  mkdir -p "$1"
  # shellcheck disable=SC2086  # a list of words
  tar -C "$root" -cf "$1.tar" --exclude-tag-all=assess.yaml --exclude=.git --exclude=__pycache__ $program_names
  tar -C "$1" -xf "$1.tar"
  rm "$1.tar"
}

# The folder may also lie in the repository of something else.
is_repository_of_program() {
  has_command git && prefix=$(git -C "$root" rev-parse --show-prefix 2>/dev/null) && [ -z "$prefix" ] &&
    git -C "$root" rev-parse -q --verify 'HEAD^{commit}' >/dev/null
}

# write_pack FOLDER FILE: whole or not at all.
write_pack() {
  tar -C "$1" -cf "$2.part" assess || {
    rm -f "$2.part"
    say "没有写好，磁盘可能已满 / not written, the disk may be full: $2"
    exit 3
  }
  mv -fT "$2.part" "$2"
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
